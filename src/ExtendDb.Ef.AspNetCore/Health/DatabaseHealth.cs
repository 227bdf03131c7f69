using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace ExtendDb.Ef.AspNetCore.Health;

/// <summary>Checks that the database answers, and has the schema that this library needs.</summary>
internal sealed class DatabaseHealth(ExtendDbRuntime runtime) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await BoundedCheck.RunAsync(CheckAsync, BoundedCheck.AnswerWithin, cancellationToken);
            return HealthCheckResult.Healthy($"schema {SchemaVersion.Required}");
        }
        catch (Exception other) when (other is SchemaVersionException or DatabaseEncodingException)
        {
            return HealthCheckResult.Unhealthy(other.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer within {BoundedCheck.AnswerWithin.TotalSeconds} s");
        }
        catch (Exception unreachable) when (unreachable is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The database cannot be used", unreachable);
        }
    }

    private async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statements.MigrationsHistoryLast, connection);
        DatabaseEncoding.Check(connection);
        SchemaVersion.Check(await command.ExecuteScalarAsync(cancellationToken) as string);
        return true;
    }
}
