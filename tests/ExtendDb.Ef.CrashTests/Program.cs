using ExtendDb.Ef.CrashTests;

// The tests start their own assembly as the process that they kill.
if (args is ["transfers", var connectionString, var seed])
{
    await Transfers.RunForEverAsync(connectionString, int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture));
}
