using System.Collections;
using System.Reflection;
using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Changes requests into what no client should send: nulls, numbers and names out of range, text that is none.</summary>
internal sealed class Mutations(Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "\0", "\uD800", "a\uDC00b", "\uFFFE", "a", "()", "NOT", "a = :", "#", ":v0", "SET", "REMOVE a, a[0]", "a[99999999999999999999]",
        "size(size(a))", "a BETWEEN a AND", "((((((((((a))))))))))", "contains(a, contains(a, a))", "attribute_type(a, :v0)",
        "'; DROP TABLE extenddb.items; --", "%s%n{0}", "\u202E", "a.b.c.d.e.f", "missing_table", "arn:aws:dynamodb:us-east-1:0:table/t",
    ];

    /// <summary>Returns a copy of a request with some of its members changed.</summary>
    public object Of(object request)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            request = Changed(request);
        }

        return request;
    }

    private object Changed(object record)
    {
        var copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
        var properties = copy.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite).ToList();
        var property = properties[random.Next(properties.Count)];
        property.SetValue(copy, Other(property.PropertyType, property.GetValue(copy)));
        return copy;
    }

    private object? Other(Type type, object? value)
    {
        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        if (!type.IsValueType && random.Next(5) == 0)
        {
            return null;
        }

        return underlying switch
        {
            { IsEnum: true } => Enum.ToObject(underlying, Pick(-1, 999, 0, 1, 2, 3)),
            _ when underlying == typeof(int) => Pick(int.MinValue, -1, 0, 1, int.MaxValue, 1_000_001),
            _ when underlying == typeof(bool) => random.Next(2) == 0,
            _ when underlying == typeof(string) => Text(),
            _ when underlying == typeof(AttributeMap) => Map((AttributeMap?)value),
            _ when underlying == typeof(AttributeValue) => Value(),
            { IsGenericType: true } when underlying.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) =>
                Dictionary(underlying.GetGenericArguments()[1], (IEnumerable?)value),
            { IsGenericType: true } when underlying.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) =>
                List(underlying.GetGenericArguments()[0], (IEnumerable?)value),
            _ when value is not null => Changed(value),
            _ => null,
        };
    }

    private IDictionary Dictionary(Type of, IEnumerable? entries)
    {
        var copy = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), of))!;
        foreach (dynamic entry in entries ?? Array.Empty<object>())
        {
            copy[(string)entry.Key] = random.Next(3) == 0 ? Other(of, (object?)entry.Value) : (object?)entry.Value;
        }

        if (random.Next(2) == 0)
        {
            copy[Text()] = Other(of, null);
        }
        else if (random.Next(3) == 0)
        {
            copy.Clear();
        }

        return copy;
    }

    private IList List(Type of, IEnumerable? members)
    {
        var copy = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(of))!;
        foreach (var member in members ?? Array.Empty<object>())
        {
            copy.Add(random.Next(3) == 0 ? Other(of, member) : member);
        }

        switch (random.Next(4))
        {
            case 0:
                copy.Clear();
                break;
            case 1 when copy.Count > 0:
                for (var i = random.Next(120); i > 0; i--)
                {
                    copy.Add(copy[0]);
                }

                break;
            case 2:
                copy.Add(Other(of, null));
                break;
        }

        return copy;
    }

    private AttributeMap Map(AttributeMap? map) => random.Next(6) switch
    {
        0 => AttributeMap.Empty,
        1 => new AttributeMap().With(Text(), Value()),
        2 when map is { Count: > 0 } => map.Without(map.Keys.First()),
        3 when map is { Count: > 0 } => map.With(map.Keys.ElementAt(random.Next(map.Count)), Value()),
        _ => (map ?? AttributeMap.Empty).With(Text(), Value()),
    };

    private AttributeValue Value() => random.Next(9) switch
    {
        0 => Text(),
        1 => Deep(Pick(31, 32, 33, 34, 1_000)),
        2 => new byte[Pick(0, 1, 1_024, 1_025, 2_049, 409_600)],
        3 => DynamoNumber.Parse(random.Next(2) == 0 ? "9.9999999999999999999999999999999999999e125" : "-1e-130"),
        4 => new AttributeValue.SS(Text()),
        5 => new AttributeValue.L(Text(), new AttributeMap { [Text()] = Text() }),
        6 => new AttributeValue.BS(Array.Empty<byte>(), new byte[] { 0 }),
        7 => new AttributeValue.NULL(),
        _ => random.Next(2) == 0,
    };

    private AttributeValue Deep(int levels) => Nested.Of(
        levels, value => random.Next(2) == 0 ? new AttributeValue.L(value) : new AttributeMap { ["m"] = value });

    private string Text() => random.Next(5) switch
    {
        0 => new string('x', Pick(1, 2, 3, 255, 256, 1_025, 2_049, 4_096, 4_097, 65_536)),
        1 => string.Join(" ", Enumerable.Range(0, random.Next(1, 12)).Select(_ => Texts[random.Next(Texts.Length)])),
        2 => Repeated(Texts[random.Next(Texts.Length)]),
        _ => Texts[random.Next(Texts.Length)],
    };

    private string Repeated(string text) => new StringBuilder().Insert(0, text, random.Next(1, 400)).ToString();

    private int Pick(params ReadOnlySpan<int> numbers) => numbers[random.Next(numbers.Length)];
}
