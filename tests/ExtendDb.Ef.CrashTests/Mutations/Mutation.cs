namespace ExtendDb.Ef.CrashTests.Mutations;

/// <summary>A way to break the product, and the test that must notice it.</summary>
/// <param name="Patch">The name of the patch in this folder.</param>
/// <param name="Project">The project of the test.</param>
/// <param name="Filter">Chooses the test.</param>
internal sealed record Mutation(string Patch, string Project, string Filter)
{
    private const string CrashTests = "ExtendDb.Ef.CrashTests";
    private const string PostgresTests = "ExtendDb.Ef.PostgresTests";

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new(
            "claim-and-apply-in-two-transactions",
            CrashTests,
            "FullyQualifiedName~KilledWorkerTests.Worker_killed_between_claim_and_commit"),
        new(
            "lock-and-claim-in-one-statement",
            CrashTests,
            "FullyQualifiedName~WaitingTurnTests.Batch_that_waited_for_its_turn_writes_no_older_state"),
        new("marker-after-the-commit", CrashTests, "FullyQualifiedName~KillPointTests&DisplayName~writer.committed"),
        new(
            "unknown-index-dropped-on-the-word-of-the-cache",
            PostgresTests,
            "FullyQualifiedName~UnknownIndexTests.Marker_of_an_index_that_another_process_created_just_now_is_applied"),
        new(
            "definition-of-a-direct-write-unchecked",
            PostgresTests,
            "FullyQualifiedName~DirectWriteTests.Write_by_an_old_definition_is_made_anew"),
        new(
            "update-whatever-the-version",
            PostgresTests,
            "FullyQualifiedName~DirectWriteTests.Write_of_an_item_that_another_changed_meanwhile"),
        new(
            "race-of-a-batch-unseen",
            PostgresTests,
            "FullyQualifiedName~DirectBatchTests.Put_that_another_writer_came_before"),
        new("no-bisection", CrashTests, "FullyQualifiedName~PoisonTests.One_entry_in_a_thousand"),
        new("no-barrier-before-the-walk", CrashTests, "FullyQualifiedName~IndexLifeTests.Writer_that_began_before_the_index"),
        new(
            "done-up-to-the-last-number",
            PostgresTests,
            "FullyQualifiedName~NumberingTests.Record_of_a_transaction_that_commits_late"),
        new("numbers-committed-asynchronously", CrashTests, "FullyQualifiedName~SeenNumberTests.Number_that_was_read"),
        new(
            "place-apart-from-the-effect",
            CrashTests,
            "FullyQualifiedName~ConsumerKillPointTests&DisplayName~consumer.committed"),
        new("record-in-another-transaction", PostgresTests, "FullyQualifiedName~NumberingTests.Write_that_is_rolled_back"),
    ];

    public static IEnumerable<string> Projects => All.Select(mutation => mutation.Project).Distinct();
}
