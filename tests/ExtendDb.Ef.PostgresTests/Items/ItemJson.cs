using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Items;

/// <summary>Writes items and the values of expressions as DynamoDB does.</summary>
internal static class ItemJson
{
    public static AttributeMap Map(string json) => AttributeJson.ReadMap(Encoding.UTF8.GetBytes(json));

    public static AttributeValue Value(string json) => Map($$"""{"V":{{json}}}""")["V"];
}
