namespace ExtendDb.Ef.Server.Commands;

/// <summary>The exit codes of commands.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int WrongUse = 2;
}
