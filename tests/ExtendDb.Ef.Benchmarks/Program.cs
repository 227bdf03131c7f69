using ExtendDb.Ef.Benchmarks;

if (args is ["propagation", .. var options])
{
    await PropagationBenchmark.RunAsync(json: options.Contains("--json"), CancellationToken.None);
    return 0;
}

await Console.Error.WriteLineAsync("usage: dotnet run -c Release --project tests/ExtendDb.Ef.Benchmarks -- propagation [--json]");
return 2;
