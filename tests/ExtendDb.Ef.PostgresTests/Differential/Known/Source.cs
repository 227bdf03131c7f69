namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>What shows how the service answers.</summary>
internal static class Source
{
    /// <summary>Nothing says which of several right answers the service gives, and what Local gives has no reason either.</summary>
    public const string NoPromise = "no page of the documentation and no observation says which of them is named";

    /// <summary>A page of the developer guide or the API reference of Amazon DynamoDB.</summary>
    public static string Page(string name, string says) => $"Amazon DynamoDB documentation, {name}: {says}";

    /// <summary>What suites that run against the service have recorded.</summary>
    public static string Observed(string says) => $"observed on the service: {says}";

    /// <summary>A file of the tests of github.com/mhart/dynalite, which are run against the service too.</summary>
    public static string Dynalite(string file) => $"dynalite, test/{file}.js";
}
