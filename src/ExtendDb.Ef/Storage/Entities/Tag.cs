namespace ExtendDb.Ef.Model;

/// <summary>A word about a table and what it says. Source: DynamoDB API, Tag.</summary>
/// <param name="Key">The word: 1 to 128 letters, digits, blanks and <c>+ - = . _ : / @</c>, not beginning with <c>aws:</c>.</param>
/// <param name="Value">What it says: 0 to 256 such characters.</param>
public sealed record Tag(string Key, string Value);
