using System.Net;
using System.Transactions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ExtendDb.Ef.ServerTests.Sdk;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;
using static ExtendDb.Ef.ServerTests.Sdk.Values;

namespace ExtendDb.Ef.ServerTests.InProcess;

/// <summary>How a call in process ends early, fails and is tried again, and what of its caller it does not use.</summary>
public sealed class InProcessCallTests(InProcessHost host) : IClassFixture<InProcessHost>
{
    private static readonly Dictionary<string, AttributeValue> Key = Item(("Id", S("1")));

    [Fact]
    public async Task Cancellation_ends_the_operation_in_the_database()
    {
        var table = await TableWithItemAsync();
        using var cancel = new CancellationTokenSource();
        await using var held = await HeldItem.TakeAsync(host.ConnectionString);

        var putting = host.Client.PutItemAsync(table, Key, cancel.Token);
        await held.UntilWantedAsync();
        await cancel.CancelAsync();

        await putting.Invoking(call => call).Should().ThrowAsync<OperationCanceledException>();
        await held.UntilUnwantedAsync();
    }

    [Fact]
    public async Task The_time_out_of_the_client_ends_the_operation_in_the_database()
    {
        var table = await TableWithItemAsync();
        using var impatient = await InProcessHost.StartAsync(host.ConnectionString, config =>
        {
            config.Timeout = TimeSpan.FromMilliseconds(500);
            config.MaxErrorRetry = 0;
        });
        var client = impatient.Services.GetRequiredService<IAmazonDynamoDB>();
        await using var held = await HeldItem.TakeAsync(host.ConnectionString);

        var putting = () => client.PutItemAsync(table, Key);

        await putting.Should().ThrowAsync<TimeoutException>();
        await held.UntilUnwantedAsync();
    }

    [Fact]
    public async Task A_database_that_is_away_is_a_503_that_the_SDK_tries_again()
    {
        using var log = new RecordedLog(LogLevel.Debug);
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug))
            .AddExtendDb($"Host=127.0.0.1;Port={FreePort.Find()};Username=none;Timeout=1").Services
            .AddExtendDbAmazonDynamoDB(config => config.MaxErrorRetry = 2)
            .BuildServiceProvider();

        var listing = () => services.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync();

        var thrown = (await listing.Should().ThrowAsync<AmazonDynamoDBException>()).Which;
        thrown.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        thrown.ErrorCode.Should().Be("ServiceUnavailable");
        (log.MessagesOf(2).Count(), log.MessagesOf(7).Count()).Should().Be((1, 2), "the SDK tried it twice more");
    }

    [Fact]
    public async Task A_caller_that_blocks_its_synchronization_context_gets_its_answer()
    {
        var table = await TableWithItemAsync();

        var ended = EndsWhileItsContextIsBlocked(() => host.Client.GetItemAsync(table, Key));

        ended.Should().BeTrue();
    }

    [Fact]
    public async Task A_call_does_not_join_the_transaction_of_its_caller()
    {
        var table = await TableWithItemAsync();

        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await host.Client.PutItemAsync(table, Item(("Id", S("2"))));
        }

        (await host.Client.GetItemAsync(table, Item(("Id", S("2"))))).IsItemSet.Should().BeTrue();
    }

    private static bool EndsWhileItsContextIsBlocked(Func<Task> call)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new BlockedContext());
        try
        {
            return call().Wait(TestDeadline.Usual);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private async Task<string> TableWithItemAsync()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(host.Client);
        await host.Client.PutItemAsync(table, Key);
        return table;
    }

    // Its thread waits and runs nothing.
    private sealed class BlockedContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
