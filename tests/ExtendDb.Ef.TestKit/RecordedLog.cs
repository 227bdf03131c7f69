using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.TestKit;

/// <summary>Keeps what a program logs, to be looked at.</summary>
/// <param name="from">The lowest level that is kept.</param>
public sealed class RecordedLog(LogLevel from = LogLevel.Warning) : ILoggerProvider
{
    private readonly ConcurrentQueue<Entry> _entries = [];

    /// <summary>Gets what was logged as an error, with its exception.</summary>
    public IEnumerable<string> Failures => _entries.Where(entry => entry.Level >= LogLevel.Error).Select(entry => entry.Text);

    /// <summary>Returns the messages of one event, without their exceptions.</summary>
    public IEnumerable<string> MessagesOf(int eventId) =>
        _entries.Where(entry => entry.Event.Id == eventId).Select(entry => entry.Message);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, from, _entries);

    public void Dispose()
    {
    }

    private sealed record Entry(LogLevel Level, EventId Event, string Message, string Text);

    private sealed class Logger(string category, LogLevel from, ConcurrentQueue<Entry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= from;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var message = formatter(state, exception);
                entries.Enqueue(new(logLevel, eventId, message, $"{category}: {message} {exception}"));
            }
        }
    }
}
