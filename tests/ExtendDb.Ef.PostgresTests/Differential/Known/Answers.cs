using System.Text.Json.Nodes;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>Compares answers but for one thing.</summary>
internal static class Answers
{
    /// <summary>Tells whether both sides succeed, leave the same, and answer the same after a change.</summary>
    public static bool AreSame(Difference difference, Action<JsonObject> change) =>
        difference.Ours.Error is null && difference.Theirs.Error is null
        && difference.Ours.Left == difference.Theirs.Left
        && Changed(difference.Ours, change) == Changed(difference.Theirs, change);

    /// <summary>As the other, with a change that removes members.</summary>
    public static bool AreSame(Difference difference, params IReadOnlyList<string> without) => AreSame(difference, body =>
    {
        foreach (var member in without)
        {
            body.Remove(member);
        }
    });

    private static string Changed(Answer answer, Action<JsonObject> change)
    {
        var body = (JsonObject)answer.Body.DeepClone();
        change(body);
        return WireJson.Canonical(body);
    }
}
