using System.CommandLine;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>The command line as a whole.</summary>
internal static class ExtendDbCommand
{
    public static RootCommand Create() => new("DynamoDB-style tables with crash-safe global secondary indexes on your own PostgreSQL.")
    {
        ConnectionOption.Instance,
        MigrateCommand.Create(),
        ServeCommand.Create(),
        StatusCommand.Create(),
        WorkerCommand.Create(),
        VerifyCommand.Create(),
        RepairCommand.Create(),
        QuarantineCommand.Create(),
        StreamsCommand.Create(),
        LagCommand.Create(),
        DemoCommand.Create(),
        CompletionCommand.Create(),
    };
}
