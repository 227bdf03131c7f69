using System.Net;
using System.Net.Sockets;
using ExtendDb.Ef.ServerTests.Protocol;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

public sealed class ServeAddressTests(WireServer server) : IClassFixture<WireServer>
{
    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://127.0.0.1:0;http://[::]:0")]
    public async Task Public_address_without_keys_is_refused(string urls)
    {
        await using var process = ServeProcess.Start(server.ConnectionString, ["--urls", urls]);

        await ExpectRefusalAsync(process, "can be reached by other machines");
        process.Complaints.Should().Contain("--access-keys").And.Contain("--insecure");
    }

    [Fact]
    public async Task Public_address_of_the_configuration_without_keys_is_refused()
    {
        using var folder = new ServedFolder().WithSettings("""
            {"Kestrel":{"Endpoints":{"Public":{"Url":"http://0.0.0.0:0"}}}}
            """);
        await using var process = ServeProcess.Start(server.ConnectionString, [], folder.Path);

        await ExpectRefusalAsync(process, "can be reached by other machines");
    }

    [Fact]
    public async Task Public_address_of_the_environment_without_keys_is_refused()
    {
        await using var process = ServeProcess.Start(
            server.ConnectionString, [], folder: null, ("ASPNETCORE_URLS", "http://*:0"));

        await ExpectRefusalAsync(process, "can be reached by other machines");
    }

    [Fact]
    public async Task Public_address_that_is_insisted_on_is_served_with_a_loud_warning()
    {
        await using var process = ServeProcess.Start(server.ConnectionString, ["--urls", "http://0.0.0.0:0", "--insecure"]);
        using var http = new HttpClient { BaseAddress = await process.ListeningAsync() };

        var answer = await http.CallAsync("ListTables", "{}");

        answer.Status.Should().Be(HttpStatusCode.OK);
        process.Complaints.Should().Contain("warn: ").And.Contain("INSECURE").And.Contain("0.0.0.0");
    }

    [Fact]
    public async Task Address_in_use_is_said_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using var process = ServeProcess.Start(server.ConnectionString, ["--urls", $"http://127.0.0.1:{port}"]);

        await ExpectRefusalAsync(process, "address already in use");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://127.0.0.1:0")]
    public async Task Address_that_is_none_is_said_in_one_line(string url)
    {
        await using var process = ServeProcess.Start(server.ConnectionString, ["--urls", url]);

        (await process.ExitCodeAsync()).Should().BeOneOf(1, 2);
        process.Complaints.Should().StartWith("extenddb: ").And.NotContain("\n");
    }

    [Fact]
    public async Task Address_of_the_command_line_counts_more_than_those_of_the_configuration()
    {
        using var folder = new ServedFolder().WithSettings("""
            {"Kestrel":{"Endpoints":{"Public":{"Url":"http://0.0.0.0:0"}}}}
            """);
        await using var process = ServeProcess.Start(server.ConnectionString, ["--urls", "http://127.0.0.1:0"], folder.Path);

        var url = await process.ListeningAsync();

        process.Output.Should().Contain("listens on http://127.0.0.1:").And.NotContain("0.0.0.0");
        url.IsLoopback.Should().BeTrue();
    }

    [Fact]
    public async Task Address_of_the_environment_is_served()
    {
        await using var process = ServeProcess.Start(
            server.ConnectionString, [], folder: null, ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
        using var http = new HttpClient { BaseAddress = await process.ListeningAsync() };

        var answer = await http.CallAsync("ListTables", "{}");

        answer.Status.Should().Be(HttpStatusCode.OK);
        http.BaseAddress.Port.Should().NotBe(8000);
    }

    [Fact]
    public async Task Socket_of_the_file_system_is_served()
    {
        using var folder = new ServedFolder();
        var path = Path.Combine(folder.Path, "extenddb.sock");
        await using var process = ServeProcess.Start(server.ConnectionString, ["--urls", $"http://unix:{path}"]);
        await process.UntilListeningAsync();
        using var http = ClientOf(path);

        var answer = await http.CallAsync("ListTables", "{}");

        answer.Status.Should().Be(HttpStatusCode.OK);
        process.Complaints.Should().NotContain("INSECURE");
    }

    private static HttpClient ClientOf(string path)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new(handler) { BaseAddress = new("http://localhost") };
    }

    private static async Task ExpectRefusalAsync(ServeProcess process, string words)
    {
        (await process.ExitCodeAsync()).Should().Be(1);
        process.Output.Should().BeEmpty();
        process.Complaints.Should().StartWith("extenddb: ").And.Contain(words).And.NotContain("\n");
    }
}
