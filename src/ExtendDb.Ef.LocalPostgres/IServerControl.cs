namespace ExtendDb.Ef.Local;

/// <summary>Starts and stops a server for one of its owners; disposing it ends that owner's use.</summary>
internal interface IServerControl : IAsyncDisposable
{
    /// <summary>Starts the server; returns null, or what pg_ctl complained about.</summary>
    Task<string?> StartAsync(string options);

    /// <summary>Stops the server as a crash would; returns null, or what forbade it.</summary>
    Task<string?> StopImmediatelyAsync();
}
