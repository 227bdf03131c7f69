using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>Values of attributes in short.</summary>
internal static class Values
{
    public static AttributeValue S(string text) => new() { S = text };

    public static AttributeValue N(int number) => N(number.ToString(CultureInfo.InvariantCulture));

    public static AttributeValue N(string number) => new() { N = number };

    public static AttributeValue B(params byte[] bytes) => new() { B = new MemoryStream(bytes) };

    public static Dictionary<string, AttributeValue> Item(params (string Name, AttributeValue Value)[] attributes) =>
        attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
}
