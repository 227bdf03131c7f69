using ExtendDb.Ef.Propagation;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.Tests.Propagation;

public class RefusedClaimsTests
{
    private const int PerSlot = 512;
    private static readonly DateTime Oldest = DateTime.UnixEpoch;
    private static readonly PostgresException Damaged = new("missing chunk", "ERROR", "ERROR", "XX001");

    private readonly RefusedClaims _claims = new();

    [Fact]
    public void Claim_of_several_slots_that_was_refused_limits_none_of_them()
    {
        _claims.Refused([3, 4], [Oldest, Oldest], PerSlot, Damaged);

        _claims.Limit([3], PerSlot).Should().Be(PerSlot);
        _claims.TakeNarrowed().Should().BeTrue("the next batch takes one slot");
    }

    [Fact]
    public void Claims_of_a_slot_are_halved_until_its_first_marker_is_refused_alone()
    {
        var limits = new List<int>();
        while (_claims.OfFirst(3, Oldest) is null)
        {
            var limit = _claims.Limit([3], PerSlot);
            limits.Add(limit);
            _claims.Refused([3], [Oldest], limit, Damaged);
        }

        limits.Should().Equal(512, 256, 128, 64, 32, 16, 8, 4, 2, 1);
        _claims.OfFirst(3, Oldest).Should().BeSameAs(Damaged);
    }

    [Fact]
    public void Marker_that_comes_first_once_the_refused_one_is_gone_was_not_refused()
    {
        _claims.Refused([3], [Oldest], 1, Damaged);

        var error = _claims.OfFirst(3, Oldest.AddTicks(10));

        error.Should().BeNull();
        _claims.Limit([3], PerSlot).Should().Be(1, "the next one may be damaged too");
    }

    [Fact]
    public void Other_slots_keep_their_claims()
    {
        _claims.Refused([3], [Oldest], 1, Damaged);

        (_claims.Limit([4], PerSlot), _claims.Limit([3, 4], PerSlot), _claims.OfFirst(4, Oldest)).Should().Be((PerSlot, PerSlot, null));
    }

    [Fact]
    public void Success_of_another_slot_changes_nothing()
    {
        _claims.Refused([3], [Oldest], 4, Damaged);

        _claims.Succeeded([4], PerSlot);

        _claims.Limit([3], PerSlot).Should().Be(2);
    }

    [Fact]
    public void Claims_grow_again_with_each_success()
    {
        _claims.Refused([3], [Oldest], 1, Damaged);

        var limits = new List<int>();
        for (var i = 0; i < 11; i++)
        {
            _claims.Succeeded([3], PerSlot);
            limits.Add(_claims.Limit([3], PerSlot));
        }

        limits.Should().Equal(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 512);
        _claims.OfFirst(3, Oldest).Should().BeNull();
    }

    [Fact]
    public void Narrowing_is_told_once_and_ends_with_the_first_marker()
    {
        _claims.Refused([3], [Oldest], 1, Damaged);
        var told = (_claims.TakeNarrowed(), _claims.TakeNarrowed());

        _claims.Refused([3], [Oldest], 1, Damaged);

        told.Should().Be((true, false));
        _claims.TakeNarrowed().Should().BeFalse("less than one marker without its item cannot be claimed");
    }
}
