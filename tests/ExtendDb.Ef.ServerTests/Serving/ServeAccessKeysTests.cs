using Amazon.DynamoDBv2;
using ExtendDb.Ef.ServerTests.Signing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

public sealed class ServeAccessKeysTests(WireServer server) : IClassFixture<WireServer>
{
    private const string Key = $"{SdkSigner.KeyId} {SdkSigner.Secret}";
    private static readonly string[] Public = ["--urls", "http://0.0.0.0:0"];

    [Fact]
    public async Task Keys_of_a_file_open_a_public_address_to_those_who_have_one()
    {
        using var folder = new ServedFolder();
        var file = folder.Write("keys", Key);
        await using var process = ServeProcess.Start(server.ConnectionString, [.. Public, "--access-keys", file]);

        await ExpectVerifiedAsync(process);
    }

    [Fact]
    public async Task Keys_of_the_environment_open_a_public_address_to_those_who_have_one()
    {
        await using var process = ServeProcess.Start(
            server.ConnectionString, Public, folder: null, ("EXTENDDB_ACCESS_KEYS", $"OTHERKEY secret,{Key}"));

        await ExpectVerifiedAsync(process);
    }

    [Fact]
    public async Task File_of_keys_that_others_can_read_is_refused()
    {
        using var folder = new ServedFolder();
        var file = folder.Write("keys", Key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        await using var process = ServeProcess.Start(server.ConnectionString, [.. Public, "--access-keys", file]);

        await ExpectRefusalAsync(process, "chmod 600");
    }

    [Fact]
    public async Task File_of_keys_that_is_missing_is_refused()
    {
        await using var process = ServeProcess.Start(
            server.ConnectionString, [.. Public, "--access-keys", "/nonexistent/keys"]);

        await ExpectRefusalAsync(process, "/nonexistent/keys");
    }

    [Theory]
    [InlineData("")]
    [InlineData("# AKIDEXAMPLE secret\n\n")]
    public async Task File_without_any_key_is_refused_also_where_no_key_is_needed(string text)
    {
        using var folder = new ServedFolder();
        var file = folder.Write("keys", text);
        await using var process = ServeProcess.Start(
            server.ConnectionString, ["--urls", "http://127.0.0.1:0", "--access-keys", file]);

        await ExpectRefusalAsync(process, "no access key");
    }

    [Fact]
    public async Task Malformed_key_is_refused_without_its_secret()
    {
        await using var process = ServeProcess.Start(
            server.ConnectionString, Public, folder: null, ("EXTENDDB_ACCESS_KEYS", $"AKID = {SdkSigner.Secret}"));

        await ExpectRefusalAsync(process, "Line 1");
    }

    private static async Task ExpectVerifiedAsync(ServeProcess process)
    {
        var url = await process.ListeningAsync();
        using var known = WireServer.ClientOf(url, SdkSigner.KeyId, SdkSigner.Secret);
        using var wrong = WireServer.ClientOf(url, SdkSigner.KeyId, "wrong");

        var listing = () => known.ListTablesAsync();
        var intruding = () => wrong.ListTablesAsync();

        await listing.Should().NotThrowAsync();
        (await intruding.Should().ThrowAsync<AmazonDynamoDBException>()).Which.ErrorCode.Should().Be("InvalidSignatureException");
        process.Complaints.Should().NotContain("INSECURE");
        (process.Output + process.Errors).Should().NotContain(SdkSigner.Secret);
    }

    private static async Task ExpectRefusalAsync(ServeProcess process, string words)
    {
        (await process.ExitCodeAsync()).Should().Be(1);
        process.Output.Should().BeEmpty();
        process.Complaints.Should().StartWith("extenddb: ").And.Contain(words)
            .And.NotContain("\n").And.NotContain(SdkSigner.Secret);
    }
}
