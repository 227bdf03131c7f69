using Amazon.DynamoDBv2;
using Amazon.Runtime;
using ExtendDb.Ef.AspNetCore.Protocol;
using ExtendDb.Ef.AwsSdk.InProcess;
using Microsoft.EntityFrameworkCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds clients of the AWS SDK that use the tables of ExtendDb in the same process.</summary>
public static class ExtendDbAmazonDynamoDBServiceCollectionExtensions
{
    /// <summary>
    /// Adds an <see cref="IAmazonDynamoDB"/> on the tables of the <see cref="ExtendDb.Ef.IExtendDb"/> without a key; the
    /// application calls AddExtendDb too.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">
    /// Changes the configuration of the client, such as its time-out and its retries; null takes the SDK's defaults. An
    /// HttpClientFactory that it sets is not used.
    /// </param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// <para>The client is a singleton, and the services dispose it: a later call throws an
    /// <see cref="ObjectDisposedException"/>. It opens no socket and has no credentials. Values of AWS environment
    /// variables and configuration files do not change it. Without AddExtendDb, the services throw an
    /// <see cref="InvalidOperationException"/> when they are asked for the client.</para>
    /// <para>A call costs what the operation costs, and the JSON of the request and of the response. At most
    /// MaxConcurrentRequests of <see cref="ExtendDb.Ef.AspNetCore.ExtendDbEndpointOptions"/> calls are executed at a
    /// time, together with those that come over the wire; the others wait in order. An operation does not join the
    /// transaction of a TransactionScope.</para>
    /// </remarks>
    public static IServiceCollection AddExtendDbAmazonDynamoDB(
        this IServiceCollection services, Action<AmazonDynamoDBConfig>? configure = null) =>
        services.Add(contextType: null, configure);

    /// <summary>
    /// Adds an <see cref="IAmazonDynamoDB"/> on the tables of the registration of a context, with the type of the context
    /// as its service key; the application calls AddExtendDb for that context too.
    /// </summary>
    /// <typeparam name="TContext">The context of the registration.</typeparam>
    /// <inheritdoc cref="AddExtendDbAmazonDynamoDB(IServiceCollection, Action{AmazonDynamoDBConfig}?)"/>
    public static IServiceCollection AddExtendDbAmazonDynamoDB<TContext>(
        this IServiceCollection services, Action<AmazonDynamoDBConfig>? configure = null)
        where TContext : DbContext =>
        services.Add(typeof(TContext), configure);

    private static IServiceCollection Add(
        this IServiceCollection services, Type? contextType, Action<AmazonDynamoDBConfig>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddDynamoDbResponder(contextType);
        return services.AddKeyedSingleton<IAmazonDynamoDB>(contextType, (provider, _) => new AmazonDynamoDBClient(
            new AnonymousAWSCredentials(),
            ClientConfiguration.Of(InProcessEndpoint.Of(provider, contextType), configure)));
    }
}
