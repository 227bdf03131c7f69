using System.CommandLine;
using System.CommandLine.Parsing;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>Says in one line what is wrong with a command line, what was perhaps meant, and how to get help.</summary>
/// <remarks>The typo corrections of System.CommandLine take a line for each word, and find "-h" near "x".</remarks>
internal static class WrongUse
{
    // A word that differs in more is another word.
    private const int MostEdits = 2;
    private const int ShortestWord = 4;

    public static string Sentence(ParseResult parsed)
    {
        var errors = parsed.Errors.Select(error => error.Message).Distinct();
        var meant = parsed.UnmatchedTokens.SelectMany(token => Near(token, parsed.CommandResult.Command)).Distinct().ToList();
        var question = meant.Count > 0 ? $"Is {string.Join(" or ", meant)} meant? " : "";
        return $"extenddb: {string.Join(' ', errors)} {question}'{Names(parsed.CommandResult)} --help' shows how to use it.";
    }

    private static string Names(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Names(parent)} {result.Command.Name}" : "extenddb";

    private static IEnumerable<string> Near(string token, Command command) => command.Subcommands.Select(each => each.Name)
        .Concat(command.Options.Where(option => !option.Hidden).Select(option => option.Name))
        .Append(ConnectionOption.Instance.Name)
        .Where(name => token.Length >= ShortestWord && Edits(token, name) <= MostEdits);

    /// <summary>Counts the letters to insert, delete or replace to get from one word to another.</summary>
    private static int Edits(string from, string to)
    {
        var costs = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(replaced, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }

        return costs[^1];
    }
}
