using Npgsql;

namespace ExtendDb.Ef.TestKit;

/// <summary>A role that logs in to the database of a test, and goes with the test.</summary>
public sealed class LoginRole : IAsyncDisposable
{
    private readonly string _superuser;

    private LoginRole(string superuser, string name)
    {
        _superuser = superuser;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(superuser) { Username = name, Password = name }.ConnectionString;
    }

    public string Name { get; }

    public string ConnectionString { get; }

    /// <summary>Creates a role.</summary>
    /// <param name="superuser">The connection string of a superuser for the database.</param>
    /// <param name="grants">Statements in which {0} is the name of the role, and {1} that of the database.</param>
    /// <param name="attributes">What follows in CREATE ROLE.</param>
    public static async Task<LoginRole> CreateAsync(string superuser, string grants = "", string attributes = "")
    {
        var role = new LoginRole(superuser, $"role_{Guid.NewGuid():N}");
        var database = new NpgsqlConnectionStringBuilder(superuser).Database;
        await Sql.ExecuteAsync(
            superuser,
            $"CREATE ROLE {role.Name} LOGIN PASSWORD '{role.Name}' {attributes}; "
            + grants.Replace("{0}", role.Name, StringComparison.Ordinal).Replace("{1}", database, StringComparison.Ordinal));
        return role;
    }

    public async ValueTask DisposeAsync() => await Sql.ExecuteAsync(
        _superuser, $"REASSIGN OWNED BY {Name} TO CURRENT_USER; DROP OWNED BY {Name}; DROP ROLE {Name}");
}
