using ExtendDb.Ef.Benchmarks;

switch (args)
{
    case ["propagation", .. var options]:
        await PropagationBenchmark.RunAsync(json: options.Contains("--json"), CancellationToken.None);
        return 0;
    case ["lag", .. var options]:
        await LagBenchmark.RunAsync(json: options.Contains("--json"), CancellationToken.None);
        return 0;
    case ["sustained", .. var options]:
        await SustainedBenchmark.RunAsync(json: options.Contains("--json"), CancellationToken.None);
        return 0;
    case ["fairness", .. var options]:
        await FairnessBenchmark.RunAsync(json: options.Contains("--json"), CancellationToken.None);
        return 0;
    case ["backlog", .. var options]:
        await BacklogBenchmark.RunAsync(json: options.Contains("--json"), CancellationToken.None);
        return 0;
    case ["memory"]:
        return await MemoryBenchmark.RunAsync(CancellationToken.None);
    case ["dataplane", .. var options]:
        await DataPlaneBenchmark.RunAsync(json: options.Contains("--json"), CancellationToken.None);
        return 0;
    case ["streams", .. var options]:
        await StreamsBenchmark.RunAsync(json: options.Contains("--json"), CancellationToken.None);
        return 0;
    case ["wire", .. var options]:
        return await WireBenchmark.RunAsync(json: options.Contains("--json"), CancellationToken.None);
    case ["expressions"]:
        ExpressionBenchmark.Run();
        return 0;
    default:
        await Console.Error.WriteLineAsync(
            "usage: dotnet run -c Release --project tests/ExtendDb.Ef.Benchmarks -- "
            + "propagation|lag|sustained|fairness|backlog|dataplane|streams|wire [--json]\n"
            + "       dotnet run -c Release --project tests/ExtendDb.Ef.Benchmarks -- expressions|memory");
        return 2;
}
