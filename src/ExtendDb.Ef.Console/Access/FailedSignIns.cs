using System.Net;
using ExtendDb.Ef.WebConsole;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.WebConsole.Access;

/// <summary>Bounds the failed sign-ins of a minute, from one address and from all.</summary>
internal sealed class FailedSignIns(IOptions<ExtendDbConsoleOptions> options, TimeProvider time)
{
    private const int AllTogether = 10;
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private long _minute;
    private int _all;

    /// <summary>Returns whether a further sign-in may be tried.</summary>
    public bool MayTry(IPAddress? address)
    {
        lock (_lock)
        {
            Begin();
            return _all < options.Value.MaxFailedSignIns * AllTogether
                && _byAddress.GetValueOrDefault(address ?? IPAddress.None) < options.Value.MaxFailedSignIns;
        }
    }

    /// <summary>Counts a failed sign-in.</summary>
    public void Add(IPAddress? address)
    {
        lock (_lock)
        {
            Begin();
            _all++;
            _byAddress[address ?? IPAddress.None] = _byAddress.GetValueOrDefault(address ?? IPAddress.None) + 1;
        }
    }

    // At most as many addresses are kept as sign-ins may fail in a minute.
    private void Begin()
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (minute != _minute)
        {
            _minute = minute;
            _all = 0;
            _byAddress.Clear();
        }
    }
}
