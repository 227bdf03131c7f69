namespace ExtendDb.Ef.Server.Commands;

/// <summary>Answers the options of Amazon's DynamoDB Local with those of this program.</summary>
internal static class DynamoDbLocalOptions
{
    private static readonly Dictionary<string, string> Answers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["-inMemory"] = "extenddb serve --in-memory keeps the data in memory.",
        ["-port"] = "extenddb serve --urls http://127.0.0.1:PORT listens on that port.",
        ["-sharedDb"] = "All regions and access keys share the tables here, so extenddb serve needs no such option.",
        ["-dbPath"] = "extenddb serve --connection names a database; without it the data is in a folder of yours.",
        ["-cors"] = "extenddb serve --cors-origins takes the origins.",
        ["-delayTransientStatuses"] = "Tables and indexes show their real states here.",
        ["-optimizeDbBeforeStartup"] = "PostgreSQL looks after its tables by itself.",
        ["-disableTelemetry"] = "This program sends nothing to anybody.",
    };

    /// <summary>Returns the answer to the first option of DynamoDB Local among the arguments; null when there is none.</summary>
    public static string? AnswerTo(IEnumerable<string> arguments) => arguments
        .Where(Answers.ContainsKey)
        .Select(option => $"{option} is an option of DynamoDB Local. {Answers[option]}")
        .FirstOrDefault();
}
