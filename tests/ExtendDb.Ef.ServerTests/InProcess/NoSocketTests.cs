using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using ExtendDb.Ef.ServerTests.Sdk;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExtendDb.Ef.ServerTests.InProcess;

[Collection(AloneCollection.Name)]
public sealed class NoSocketTests(InProcessHost host) : IClassFixture<InProcessHost>
{
    [Fact]
    public async Task No_socket_listens_for_a_client_in_process()
    {
        using var sockets = new AcceptingSockets();

        using (var other = await InProcessHost.StartAsync(host.ConnectionString))
        {
            await TableSpec.Of("Id:S").CreateAsync(other.Services.GetRequiredService<IAmazonDynamoDB>());
        }

        var ofClient = sockets.Count;
        await AcceptOneAsync();
        (ofClient, sockets.Count).Should().Be((0, 1), "a socket that listens would have been noticed");
    }

    private static async Task AcceptOneAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        using var caller = new TcpClient();
        await caller.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var accepted = await listener.AcceptTcpClientAsync();
    }

    // Counts the sockets of this process that wait for a connection, by .NET's own events.
    private sealed class AcceptingSockets : EventListener
    {
        private readonly ConcurrentQueue<string> _accepts = [];

        public int Count => _accepts.Count;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Net.Sockets")
            {
                EnableEvents(eventSource, EventLevel.Informational);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName == "AcceptStart")
            {
                _accepts.Enqueue(eventData.EventName);
            }
        }
    }
}
