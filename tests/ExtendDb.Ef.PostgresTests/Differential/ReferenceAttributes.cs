using Xunit;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>A test beside DynamoDB Local, which nobody needs to have: without it the test is skipped.</summary>
internal sealed class ReferenceFactAttribute : FactAttribute
{
    public const string Missing = $"{DynamoDbLocal.Variable} names no folder with DynamoDBLocal.jar to compare with.";

    public ReferenceFactAttribute() => Skip = DynamoDbLocal.Folder is null ? Missing : null;
}

/// <summary>As <see cref="ReferenceFactAttribute"/>, for many cases.</summary>
internal sealed class ReferenceTheoryAttribute : TheoryAttribute
{
    public ReferenceTheoryAttribute() => Skip = DynamoDbLocal.Folder is null ? ReferenceFactAttribute.Missing : null;
}
