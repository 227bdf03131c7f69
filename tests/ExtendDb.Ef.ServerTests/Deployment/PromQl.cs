using System.Text.RegularExpressions;

namespace ExtendDb.Ef.ServerTests.Deployment;

/// <summary>What a PromQL expression names.</summary>
/// <param name="Selectors">Its metrics, each with the labels that select its series.</param>
/// <param name="Grouping">The labels by which it groups or matches.</param>
internal sealed partial record PromQl(
    IReadOnlyList<(string Metric, IReadOnlyList<string> Labels)> Selectors, IReadOnlyList<string> Grouping)
{
    // Prometheus adds them to whatever it reads.
    private static readonly string[] OfPrometheus = ["job", "instance"];

    private static readonly string[] Operators = ["and", "or", "unless", "bool", "offset"];

    public static PromQl Read(string expression)
    {
        var bare = Ranges().Replace(expression, string.Empty);
        var grouping = Groups().Matches(bare).SelectMany(each => each.Groups[1].Value.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        var selectors =
            from each in Metrics().Matches(Groups().Replace(bare, " "))
            where !Operators.Contains(each.Groups[1].Value)
            select (each.Groups[1].Value, Labels(each.Groups[2].Value));
        return new([.. selectors], grouping);
    }

    /// <summary>Returns a sentence for each metric and label that a scrape does not have.</summary>
    public IEnumerable<string> Unknown(IReadOnlyDictionary<string, IReadOnlySet<string>> scrape)
    {
        foreach (var (metric, labels) in Selectors)
        {
            if (!scrape.TryGetValue(metric, out var known))
            {
                yield return $"There is no metric {metric}.";
            }
            else
            {
                foreach (var label in labels.Except(known).Except(OfPrometheus))
                {
                    yield return $"{metric} has no label {label}.";
                }
            }
        }

        var all = Selectors.SelectMany(each => scrape.GetValueOrDefault(each.Metric) ?? new HashSet<string>());
        foreach (var label in Grouping.Except(all).Except(OfPrometheus))
        {
            yield return $"No metric of the expression has the label {label}.";
        }
    }

    private static IReadOnlyList<string> Labels(string selector) =>
        [.. Matchers().Matches(selector).Select(each => each.Groups[1].Value)];

    [GeneratedRegex("\\[[^\\]]*\\]")]
    private static partial Regex Ranges();

    [GeneratedRegex("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)")]
    private static partial Regex Groups();

    // A name before a parenthesis is a function.
    [GeneratedRegex("\\b(?>([a-zA-Z_][a-zA-Z0-9_]*))(?!\\s*\\()(?:\\{([^}]*)\\})?")]
    private static partial Regex Metrics();

    [GeneratedRegex("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"")]
    private static partial Regex Matchers();
}
