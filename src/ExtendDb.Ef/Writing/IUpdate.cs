using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>The members that UpdateItem shares with the update of a transaction.</summary>
internal interface IUpdate : IConditionalWrite
{
    string? UpdateExpression { get; }

    IReadOnlyDictionary<string, AttributeValueUpdate>? AttributeUpdates => null;
}
