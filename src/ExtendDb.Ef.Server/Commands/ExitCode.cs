namespace ExtendDb.Ef.Server.Commands;

/// <summary>The exit codes of commands.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int WrongUse = 2;

    /// <summary>What verify and repair found wrong, and did not repair.</summary>
    public const int EntriesAreWrong = 3;

    /// <summary>The end by Ctrl-C or SIGTERM of a command that was not done; shells number Ctrl-C so.</summary>
    public const int Stopped = 128 + 2;
}
