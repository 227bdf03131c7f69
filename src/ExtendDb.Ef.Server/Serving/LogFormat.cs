namespace ExtendDb.Ef.Server.Serving;

/// <summary>The formats of the log.</summary>
internal enum LogFormat
{
    /// <summary>A line of text for each entry.</summary>
    Text,

    /// <summary>A JSON object on a line for each entry.</summary>
    Json,
}
