using System.Globalization;
using ExtendDb.Ef.CrashTests;
using ExtendDb.Ef.CrashTests.Streams;

// The tests start their own assembly as the processes that they kill.
switch (args)
{
    case ["transfers", var connectionString, var seed]:
        await Transfers.RunForEverAsync(connectionString, Number(seed));
        break;
    case [LoadProcess.Command, var connectionString, var firstDriver, var seed]:
        await LoadProcess.RunAsync(connectionString, Number(firstDriver), Number(seed));
        break;
    case [ConsumerProcess.Command, var connectionString]:
        await ConsumerProcess.RunAsync(connectionString);
        break;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
