using ExtendDb.Ef.Server.Commands;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Commands;

public class ConnectionUriTests
{
    [Theory]
    [InlineData("postgresql://db.example.org", "Host=db.example.org")]
    [InlineData("postgres://u@h/d", "Host=h;Username=u;Database=d")]
    [InlineData("POSTGRESQL://u:p@h:5433/d", "Host=h;Port=5433;Username=u;Password=p;Database=d")]
    [InlineData("postgresql://u%40x:a%3Ab%2F@h/my%20db", "Host=h;Username=u@x;Password=a:b/;Database=my db")]
    [InlineData("postgresql://u:p%23%3F@h", "Host=h;Username=u;Password=p#?")]
    [InlineData("postgresql://[::1]:5433/d", "Host=::1;Port=5433;Database=d")]
    [InlineData("postgresql://[2001:db8::1]/d", "Host=2001:db8::1;Database=d")]
    [InlineData("postgresql://a:1,b:2/d?target_session_attrs=read-write", "Host=a:1,b:2;Database=d;Target Session Attributes=read-write")]
    [InlineData("postgresql://h/d?sslmode=verify-full&sslrootcert=/ca.pem", "Host=h;Database=d;SSL Mode=VerifyFull;Root Certificate=/ca.pem")]
    [InlineData("postgresql://h?dbname=d&user=u&connect_timeout=3&application_name=a%20b", "Host=h;Database=d;Username=u;Timeout=3;Application Name='a b'")]
    [InlineData("postgresql:///d?host=/run/postgresql&port=5433", "Host=/run/postgresql;Port=5433;Database=d")]
    public void URI_is_the_connection_string_that_says_the_same(string uri, string same)
    {
        var parts = new NpgsqlConnectionStringBuilder(ConnectionUri.Parse(uri));

        parts.Should().BeEquivalentTo(new NpgsqlConnectionStringBuilder(same));
    }

    [Theory]
    [InlineData("postgresql://u:secret@h:port/d", "Port")]
    [InlineData("postgresql://u:secret@h/d?nosuch=1", "nosuch")]
    [InlineData("postgresql://u:secret@h/d?sslmode=perhaps", "SSL Mode")]
    public void URI_that_cannot_be_understood_is_refused_by_the_name_of_the_parameter(string uri, string name)
    {
        var parse = () => ConnectionUri.Parse(uri);

        parse.Should().Throw<ArgumentException>().WithMessage($"*{name}*").And.Message.Should().NotContain("secret");
    }

    [Theory]
    [InlineData("postgresql://h", true)]
    [InlineData("Postgres://h", true)]
    [InlineData("Host=h", false)]
    [InlineData("https://h", false)]
    public void URI_is_told_from_a_connection_string_by_its_scheme(string text, bool isUri) =>
        ConnectionUri.Is(text).Should().Be(isUri);
}
