using System.Text.Json.Nodes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>What an operation said: a response, or an error with its message.</summary>
/// <param name="Error">The error's name; null when there is a response.</param>
/// <param name="Body">The response, or what the error says.</param>
internal sealed record Answer(string? Error, JsonObject Body)
{
    /// <summary>Gets what is stored afterwards in the items that the request names.</summary>
    public string Left { get; init; } = "";

    public string Message => (string?)Body["message"] ?? "";

    /// <summary>Gets what was wrong: of a transaction that was cancelled by a ValidationError, that reason.</summary>
    public string Problem =>
        Body["CancellationReasons"] is JsonArray reasons && !Message.Contains("ConditionalCheckFailed", StringComparison.Ordinal)
            ? reasons.Select(r => r![nameof(Message)]).OfType<JsonNode>().Select(m => (string)m!).FirstOrDefault(Message)
            : Message;

    /// <summary>Gets the text by which two answers are compared.</summary>
    public string Text => (Error is null ? "" : Error + " ") + WireJson.Canonical(Body) + " leaving " + Left;

    public static Answer Of(DynamoDbException error)
    {
        var body = new JsonObject { ["message"] = error.Message };
        switch (error)
        {
            case ConditionalCheckFailedException { Item: { } item }:
                body["Item"] = WireJson.Of(new { Item = item })["Item"]!.DeepClone();
                break;
            case TransactionCanceledException canceled:
                body["CancellationReasons"] = new JsonArray(
                    [.. canceled.CancellationReasons.Select(reason => (JsonNode?)WireJson.Of(reason))]);
                break;
        }

        return new(error.ErrorCode, body);
    }

    public static Answer OfWire(bool succeeded, JsonObject body)
    {
        if (succeeded)
        {
            return new(null, body);
        }

        var type = ((string)body["__type"]!).Split('#')[^1];
        body.Remove("__type");
        // Some errors write it with a capital.
        if (body.FirstOrDefault(m => m.Key.Equals("message", StringComparison.OrdinalIgnoreCase)) is { Key: { } name } message)
        {
            body.Remove(name);
            body["message"] = message.Value;
        }

        return new(type, body);
    }
}
