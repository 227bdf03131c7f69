using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.Legacy;

/// <summary>Converts AttributeUpdates to the update that an UpdateExpression is parsed to.</summary>
/// <remarks>Source: DynamoDB developer guide, Legacy conditional parameters, AttributeUpdates.</remarks>
internal static class LegacyUpdates
{
    private const string Mismatch = "Type mismatch for attribute to update";

    /// <summary>Returns the update of an AttributeUpdates parameter.</summary>
    /// <exception cref="ValidationException">A change has no value, or one that its action does not take.</exception>
    public static ItemUpdate Of(IReadOnlyDictionary<string, AttributeValueUpdate> updates)
    {
        var actions = updates.Select(update => ActionOf(update.Key, update.Value)).ToList();
        return new(actions, [.. actions.Select(action => action.Path)]);
    }

    private static UpdateAction ActionOf(string name, AttributeValueUpdate update)
    {
        AttributeRules.CheckName(name);
        var path = new DocumentPath(new PathStep(name));
        var (action, value) = (update.Action ?? AttributeAction.PUT, update.Value);
        if (value is null)
        {
            return action == AttributeAction.DELETE
                ? new UpdateAction.Remove(path)
                : throw ValidationException.InvalidParameter(
                    "Only DELETE action is allowed when no attribute value is specified");
        }

        AttributeRules.Check(value);
        return action switch
        {
            AttributeAction.PUT => new UpdateAction.Set(path, new Operand.Literal(value)),
            AttributeAction.DELETE => IsSet(value)
                ? new UpdateAction.Delete(path, value, Mismatch)
                : throw ValidationException.InvalidParameter(
                    $"DELETE action with value is not supported for the type {value.Type}"),
            _ => IsSet(value) || value.Type is AttributeType.N or AttributeType.L
                ? new UpdateAction.Add(path, value, Mismatch)
                : throw ValidationException.InvalidParameter(
                    $"ADD action is not supported for the type {value.Type}"),
        };
    }

    private static bool IsSet(AttributeValue value) =>
        value.Type is AttributeType.SS or AttributeType.NS or AttributeType.BS;
}
