namespace ExtendDb.Ef.WebConsole.Live;

/// <summary>The last hour of one number, in slots of 5 s; 3 KB.</summary>
internal sealed class HourSeries
{
    private const int SlotSeconds = 5;
    private const int Slots = 3600 / SlotSeconds;
    private const int SlotsOfPoint = 4;
    private const int FinePoints = Slots / SlotsOfPoint;

    private readonly float[] _values = new float[Slots];
    private long _last = long.MinValue;

    public HourSeries() => Array.Fill(_values, float.NaN);

    /// <summary>Gets whether every number of the hour is 0.</summary>
    public bool IsIdle => _values.All(value => float.IsNaN(value) || value == 0);

    /// <summary>Returns a series that is 0 wherever the other has a number.</summary>
    public static HourSeries IdleBeside(HourSeries other)
    {
        var idle = new HourSeries { _last = other._last };
        for (var slot = 0; slot < Slots; slot++)
        {
            idle._values[slot] = float.IsNaN(other._values[slot]) ? float.NaN : 0;
        }

        return idle;
    }

    /// <summary>Adds a number; of several in one slot the largest is kept.</summary>
    public void Add(DateTimeOffset at, double value)
    {
        var slot = at.ToUnixTimeSeconds() / SlotSeconds;
        for (var empty = Math.Max(_last + 1, slot - Slots + 1); empty <= slot; empty++)
        {
            _values[empty % Slots] = float.NaN;
        }

        _last = Math.Max(_last, slot);
        ref var kept = ref _values[slot % Slots];
        kept = float.IsNaN(kept) ? (float)value : Math.Max(kept, (float)value);
    }

    /// <summary>
    /// Returns the points of a chart, one for each 20 s, or 5 s in the first quarter of an hour; each is the largest number of its time.
    /// </summary>
    public List<KeyValuePair<DateTime, double>> Points()
    {
        var points = new List<KeyValuePair<DateTime, double>>(FinePoints);
        var width = _values.Count(value => !float.IsNaN(value)) <= FinePoints ? 1 : SlotsOfPoint;
        var first = (_last - Slots + 1) / width * width;
        for (var slot = first; _last > 0 && slot <= _last; slot += width)
        {
            var largest = float.NaN;
            for (var each = Math.Max(slot, _last - Slots + 1); each < slot + width && each <= _last; each++)
            {
                var value = _values[each % Slots];
                largest = float.IsNaN(largest) || value > largest ? value : largest;
            }

            if (!float.IsNaN(largest))
            {
                var end = Math.Min(slot + width - 1, _last);
                points.Add(new(DateTimeOffset.FromUnixTimeSeconds(end * SlotSeconds).LocalDateTime, largest));
            }
        }

        return points;
    }
}
