namespace ExtendDb.Ef;

/// <summary>The encoding of the database is not UTF8, so the database could not store every string.</summary>
/// <param name="database">The name of the database.</param>
/// <param name="encoding">Its encoding.</param>
public sealed class DatabaseEncodingException(string database, string encoding) : Exception(
    $"The encoding of database {database} is {encoding}, which cannot keep every string of an item. ExtendDb.Ef needs UTF8, "
    + $"and the encoding of a database cannot be changed. Create another one: CREATE DATABASE \"{database}_utf8\" "
    + "ENCODING 'UTF8' TEMPLATE template0");
