using System.Text;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Signing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Signing;

public sealed class AccessKeysTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Keys_are_read_from_lines_of_two_forms()
    {
        var keys = AccessKeys.Parse("# ours\r\n\r\nAKIDONE one/+==\r\n  AKID_2=two=2  \n\tlocal \t s#3\n");

        keys.Count.Should().Be(3);
        SecretOf(keys, "AKIDONE").Should().Be("one/+==");
        SecretOf(keys, "AKID_2").Should().Be("two=2");
        SecretOf(keys, "local").Should().Be("s#3");
        keys.SecretOf("akidone").Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n# AKIDONE one\n")]
    public void Text_without_a_key_has_none(string text)
    {
        var keys = AccessKeys.Parse(text);

        keys.IsEmpty.Should().BeTrue();
        keys.Should().BeSameAs(AccessKeys.None);
    }

    [Theory]
    [InlineData("AKIDONE")]
    [InlineData("AKIDONE=")]
    [InlineData("AKIDONE hidden hidden")]
    [InlineData("AKIDONE = hidden")]
    [InlineData("AKIDONE hiddén")]
    [InlineData("AK hidden")]
    [InlineData("AKID-ONE hidden")]
    [InlineData("hidden/+ AKIDONE")]
    [InlineData("=hidden")]
    [InlineData("AKIDTWO hidden")]
    public void Malformed_line_is_named_by_its_number_and_not_shown(string line)
    {
        var parsing = () => AccessKeys.Parse($"# keys\nAKIDTWO hidden\n{line}\n");

        var refused = parsing.Should().Throw<AccessKeysException>().WithMessage("Line 3: *.").Which;
        refused.Line.Should().Be(3);
        refused.ToString().Should().NotContain("hidd");
    }

    [Theory]
    [InlineData(2, 1, false)]
    [InlineData(3, 1, true)]
    [InlineData(128, 256, true)]
    [InlineData(129, 1, false)]
    [InlineData(3, 257, false)]
    public void Ids_and_secrets_have_a_range(int idLength, int secretLength, bool good)
    {
        var parsing = () => AccessKeys.Parse($"{new string('A', idLength)} {new string('s', secretLength)}");

        if (good)
        {
            parsing.Should().NotThrow();
        }
        else
        {
            parsing.Should().Throw<AccessKeysException>();
        }
    }

    [Fact]
    public void Text_of_a_set_tells_its_size_only()
    {
        AccessKeys.Parse("AKIDONE hidden").ToString().Should().Be("1 access key");
        AccessKeys.None.ToString().Should().Be("0 access keys");
    }

    [Fact]
    public async Task File_that_only_its_owner_may_read_is_read()
    {
        await WriteAsync("AKIDONE one\n");

        var keys = await AccessKeys.ReadFileAsync(_path);

        SecretOf(keys, "AKIDONE").Should().Be("one");
    }

    [Fact]
    public async Task Malformed_file_is_named_with_the_line()
    {
        await WriteAsync("AKIDONE one\nAKIDTWO\n");

        var reading = () => AccessKeys.ReadFileAsync(_path);

        (await reading.Should().ThrowAsync<AccessKeysException>()).WithMessage($"'{_path}': Line 2: *").Which.Line.Should().Be(2);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task File_that_others_may_use_is_refused(UnixFileMode permission)
    {
        await WriteAsync("AKIDONE one\n");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | permission);
        var reading = () => AccessKeys.ReadFileAsync(_path);

        await reading.Should().ThrowAsync<AccessKeysException>().WithMessage($"*run: chmod 600 '{_path}'");
    }

    [Fact]
    public async Task Missing_file_is_not_an_empty_set()
    {
        var reading = () => AccessKeys.ReadFileAsync(_path + ".missing");

        await reading.Should().ThrowAsync<FileNotFoundException>();
    }

    public void Dispose() => File.Delete(_path);

    private static string? SecretOf(AccessKeys keys, string id) =>
        keys.SecretOf(id) is { } secret ? Encoding.ASCII.GetString(secret) : null;

    private async Task WriteAsync(string text)
    {
        await File.WriteAllTextAsync(_path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
