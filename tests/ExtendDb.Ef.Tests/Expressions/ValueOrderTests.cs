using System.Text;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Tests.Attributes;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Expressions;

public sealed class ValueOrderTests(ITestOutputHelper output)
{
    private static readonly string[] Edges =
        ["", "\0", "a", "\u007f", "\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff", "😀"];

    [Fact]
    public void Strings_sort_as_their_bytes_in_utf8()
    {
        var random = SeededRandom.Printed(output);
        List<string> texts = [.. Edges, .. from a in Edges from b in Edges select a + b];
        texts.AddRange(Enumerable.Range(0, 150).Select(_ => RandomValues.Text(random, 4)));

        var wrong = from one in texts
                    from other in texts
                    let expected = Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other))
                    where Math.Sign(ValueOrder.Compare(one, other)!.Value) != Math.Sign(expected)
                    select (one, other);

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Bytes_sort_without_a_sign_and_a_prefix_first()
    {
        byte[][] sorted = [[], [0], [0, 0], [1], [0x7f], [0x80], [0x80, 0], [0xff]];

        var compared = sorted.Zip(sorted.Skip(1), (one, next) => ValueOrder.Compare(one, next));

        compared.Should().AllSatisfy(order => order.Should().BeNegative());
    }

    [Fact]
    public void Values_of_two_types_or_without_an_order_do_not_compare()
    {
        AttributeValue[] values =
        [
            "a", 1, "a"u8.ToArray(), true, new AttributeValue.NULL(), new AttributeMap(), new AttributeValue.L(),
            new AttributeValue.SS("a"), new AttributeValue.NS(DynamoNumber.Parse("1")), new AttributeValue.BS("a"u8.ToArray()),
        ];

        var comparable = from one in values
                         from other in values
                         where ValueOrder.Compare(one, other) is not null
                         select (one.Type, other.Type);

        comparable.Should().Equal(
            (AttributeType.S, AttributeType.S), (AttributeType.N, AttributeType.N), (AttributeType.B, AttributeType.B));
    }
}
