using System.CommandLine;
using ExtendDb.Ef.Server.Commands;

var root = new RootCommand("DynamoDB-style tables with crash-safe global secondary indexes on your own PostgreSQL.")
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
};
return await CommandRun.InvokeAsync(root, args);
