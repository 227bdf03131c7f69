using System.Globalization;
using System.Security.Claims;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.WebConsole;
using ExtendDb.Ef.WebConsole.Access;
using ExtendDb.Ef.WebConsole.Changes;
using FluentAssertions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ExtendDb.Ef.ConsoleTests.Changes;

public sealed class ConsoleChangesTests : IDisposable
{
    private readonly NotedLog _log = new();
    private readonly ExtendDbConsoleOptions _options = new();
    private readonly MovedTime _time = new();
    private ClaimsPrincipal _user = new(new ClaimsIdentity());

    [Fact]
    public async Task Change_has_one_line_with_user_operation_and_table()
    {
        _user = new(new ClaimsIdentity([new(ClaimTypes.Name, "AKIA1")], "test"));

        await Changes().MakeAsync("PutItem", "Music", () => Task.FromResult(1));

        _log.Lines.Should().Equal("Console: AKIA1 did PutItem on Music.");
    }

    [Fact]
    public async Task Failed_change_has_a_line_without_the_message_which_may_show_a_value()
    {
        var change = () => Changes().MakeAsync(
            "PutItem", "Music", () => Task.FromException<int>(new ValidationException("secret value")));

        await change.Should().ThrowAsync<ValidationException>();
        _log.Lines.Should().Equal("Console: PutItem on Music by a user of this machine failed: ValidationException.");
    }

    [Fact]
    public async Task Read_only_console_makes_no_change()
    {
        _options.ReadOnly = true;
        var isMade = false;

        var change = () => Changes().MakeAsync("DeleteTable", "Music", () => Task.FromResult(isMade = true));

        await change.Should().ThrowAsync<ChangeRefusedException>().WithMessage("*read-only*");
        isMade.Should().BeFalse();
    }

    [Fact]
    public async Task Page_that_is_still_open_after_the_end_of_the_sign_in_makes_no_change()
    {
        var end = _time.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        _user = new(new ClaimsIdentity([new(ClaimTypes.Name, "AKIA1"), new("exp", end)], "test"));
        await Changes().MakeAsync("PutItem", "Music", () => Task.FromResult(1));

        _time.By = TimeSpan.FromMinutes(2);
        var change = () => Changes().MakeAsync("PutItem", "Music", () => Task.FromResult(1));

        await change.Should().ThrowAsync<ChangeRefusedException>().WithMessage("*Sign in again*");
    }

    public void Dispose() => _log.Dispose();

    private ConsoleChanges Changes() => new(
        Microsoft.Extensions.Options.Options.Create(_options), new(new Known(_user), _time), LoggerFactory.Create(logging => logging.AddProvider(_log)));

    private sealed class Known(ClaimsPrincipal user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(user));
    }

    private sealed class NotedLog : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
