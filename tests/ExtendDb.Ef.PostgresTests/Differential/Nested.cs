using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Values within values.</summary>
internal static class Nested
{
    /// <summary>Puts a string into a list, that into a list, and so on.</summary>
    public static AttributeValue Lists(int levels) => Of(levels, value => new AttributeValue.L(value));

    /// <summary>Puts a string into other values.</summary>
    /// <param name="levels">How often.</param>
    /// <param name="around">Puts a value into another one.</param>
    public static AttributeValue Of(int levels, Func<AttributeValue, AttributeValue> around) =>
        Enumerable.Range(0, levels).Aggregate((AttributeValue)"deep", (value, _) => around(value));
}
