using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>What the response or the exception of a write has of the stored item.</summary>
/// <param name="WhenFalse">Whether the exception of a false condition has the item.</param>
/// <param name="InResponse">Whether the response has the item, its attributes, or the capacity, which its size decides.</param>
internal readonly record struct StoredItemAnswer(ReturnValuesOnConditionCheckFailure WhenFalse, bool InResponse = false)
{
    public static StoredItemAnswer Of(IConditionalWrite request) => new(
        request.ReturnValuesOnConditionCheckFailure,
        request is { ReturnValues: not ReturnValue.NONE } or { ReturnsCapacity: true });
}
