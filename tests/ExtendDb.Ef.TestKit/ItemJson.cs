using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.TestKit;

/// <summary>Writes items and the values of expressions as DynamoDB does.</summary>
public static class ItemJson
{
    public static AttributeMap Map(string json) => AttributeJson.ReadMap(Encoding.UTF8.GetBytes(json));

    public static AttributeValue Value(string json) => Map($$"""{"V":{{json}}}""")["V"];
}
