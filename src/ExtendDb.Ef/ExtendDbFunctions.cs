using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore.Query;

namespace ExtendDb.Ef;

/// <summary>Attributes of items in LINQ queries: PostgreSQL reads them from the document.</summary>
/// <remarks>
/// <para>
/// The functions translate in queries of every context that has UseExtendDb() in its options; called outside of a query,
/// they throw. The path begins with the name of an attribute and goes on with names of members of maps and indexes of
/// lists. It is a part of the statement, so an index on the same expression can be used, such as
/// <c>CREATE INDEX ON extenddb.items ((document #>> '{Artist,S}'))</c> or
/// <c>CREATE INDEX ON extenddb.items (((document #>> '{Released,N}')::numeric))</c>. Names therefore have to be constants or
/// variables, not columns, and each new path is translated anew.
/// </para>
/// <para>
/// Without such an index a query reads all items of all tables that its other conditions leave.
/// </para>
/// </remarks>
/// <example><code>
/// context.Set&lt;Item&gt;().Where(item => item.TableId == table.Id &amp;&amp; ExtendDbFunctions.String(item.Document, "Artist") == "Ella")
/// </code></example>
public static class ExtendDbFunctions
{
    /// <summary>Reads a string (S).</summary>
    /// <param name="document">The document of an item or of an index entry.</param>
    /// <param name="path">The path to the string; constants or variables.</param>
    /// <returns>The text; null when nothing is there, or a value of another type.</returns>
    /// <exception cref="InvalidOperationException">The function is called outside of a query.</exception>
    /// <remarks>
    /// Strings are in the order of the database's collation; <c>EF.Functions.Collate(text, "C")</c> is DynamoDB's order, which
    /// an index on <c>(document #>> '{Artist,S}') COLLATE "C"</c> has. An index serves comparisons in its own collation.
    /// A string that contains U+0000 or U+0001 compares right, but PostgreSQL sees two characters for each of them.
    /// </remarks>
    public static string? String(AttributeMap document, [NotParameterized] params PathElement[] path) =>
        throw OutsideOfQuery(nameof(String), "document[\"Artist\"] is AttributeValue.S(var text)");

    /// <summary>Reads a number (N).</summary>
    /// <inheritdoc cref="String"/>
    /// <param name="document">The document of an item or of an index entry.</param>
    /// <param name="path">The path to the number; constants or variables.</param>
    /// <returns>The number; null when nothing is there, or a value of another type.</returns>
    /// <remarks>
    /// PostgreSQL compares, orders and adds all 38 digits exactly. A result that is read into a decimal throws an
    /// OverflowException when it has more than 28 digits; read the Document instead.
    /// </remarks>
    public static decimal? Number(AttributeMap document, [NotParameterized] params PathElement[] path) =>
        throw OutsideOfQuery(nameof(Number), "document[\"Released\"] is AttributeValue.N(var number)");

    /// <summary>Reads a Boolean (BOOL).</summary>
    /// <inheritdoc cref="String"/>
    /// <param name="document">The document of an item or of an index entry.</param>
    /// <param name="path">The path to the Boolean; constants or variables.</param>
    /// <returns>The Boolean; null when nothing is there, or a value of another type.</returns>
    /// <remarks>The indexable expression is <c>(document #>> '{Live,BOOL}')::boolean</c>.</remarks>
    public static bool? Boolean(AttributeMap document, [NotParameterized] params PathElement[] path) =>
        throw OutsideOfQuery(nameof(Boolean), "document[\"Live\"] is AttributeValue.BOOL(var value)");

    /// <summary>Reads a binary (B).</summary>
    /// <inheritdoc cref="String"/>
    /// <param name="document">The document of an item or of an index entry.</param>
    /// <param name="path">The path to the binary; constants or variables.</param>
    /// <returns>The bytes; null when nothing is there, or a value of another type.</returns>
    /// <remarks>The indexable expression is <c>decode(document #>> '{Cover,B}', 'base64')</c>.</remarks>
    public static byte[]? Binary(AttributeMap document, [NotParameterized] params PathElement[] path) =>
        throw OutsideOfQuery(nameof(Binary), "document[\"Cover\"] is AttributeValue.B(var bytes)");

    /// <summary>Returns whether there is a value of any type, the null value (NULL) included.</summary>
    /// <inheritdoc cref="String"/>
    /// <param name="document">The document of an item or of an index entry.</param>
    /// <param name="path">The path to the value; constants or variables.</param>
    /// <returns>True when a value is there.</returns>
    /// <remarks>Source: DynamoDB developer guide, attribute_exists.</remarks>
    public static bool Exists(AttributeMap document, [NotParameterized] params PathElement[] path) =>
        throw OutsideOfQuery(nameof(Exists), "document.ContainsKey(\"Artist\")");

    /// <summary>Returns whether a document contains all attributes of another one.</summary>
    /// <param name="document">The document of an item or of an index entry.</param>
    /// <param name="part">
    /// Attributes: sets and lists contain some of the members in any order, maps some of the members, other values are equal.
    /// </param>
    /// <returns>True when all of the part is in the document; an empty part is in every document.</returns>
    /// <exception cref="InvalidOperationException">The function is called outside of a query.</exception>
    /// <remarks>
    /// The expression is <c>document @> part</c>, which
    /// <c>CREATE INDEX ON extenddb.items USING gin (document jsonb_path_ops)</c> answers for all attributes at once.
    /// </remarks>
    public static bool Contains(AttributeMap document, AttributeMap part) =>
        throw OutsideOfQuery(nameof(Contains), "document[\"Players\"] is AttributeValue.SS(var members)");

    private static InvalidOperationException OutsideOfQuery(string function, string instead) => new(
        $"ExtendDbFunctions.{function} works only within a LINQ query that PostgreSQL runs, in a context with UseExtendDb() in "
        + $"its options. Read an AttributeMap in memory by its members, such as {instead}.");
}
