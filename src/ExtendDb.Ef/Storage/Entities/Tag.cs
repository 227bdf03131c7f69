namespace ExtendDb.Ef.Model;

/// <summary>A label of a table, a key with a value. Source: DynamoDB API, Tag.</summary>
/// <param name="Key">
/// The key: 1 to 128 letters, digits, blanks and <c>+ - = . _ : / @</c>, not beginning with <c>aws:</c>.
/// </param>
/// <param name="Value">The value: 0 to 256 such characters.</param>
public sealed record Tag(string Key, string Value);
