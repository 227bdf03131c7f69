namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>Creates request ids: 52 capital letters and digits, like DynamoDB's.</summary>
internal static class RequestId
{
    public const string Header = "x-amzn-RequestId";

    private const int Length = 52;
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public static string Next() =>
        string.Create(Length, 0, static (id, _) => Random.Shared.GetItems<char>(Characters, id));
}
