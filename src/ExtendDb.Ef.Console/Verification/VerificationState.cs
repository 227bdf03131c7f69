namespace ExtendDb.Ef.WebConsole.Verification;

/// <summary>The states of a verification or repair.</summary>
internal enum VerificationState
{
    Running,

    /// <summary>The repair waits until workers have applied what it has enqueued.</summary>
    Waiting,

    Finished,

    Stopped,

    Failed,
}
