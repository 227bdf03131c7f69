using Amazon.DynamoDBv2;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.ServerTests.Sdk;
using FluentAssertions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ExtendDb.Ef.ServerTests.InProcess;

public sealed class InProcessRegistrationTests(InProcessHost host) : IClassFixture<InProcessHost>
{
    [Fact]
    public void A_host_with_the_client_has_no_web_server() =>
        host.Services.GetService<IServer>().Should().BeNull();

    [Fact]
    public void The_client_is_one_for_all() => host.Client.Should().BeSameAs(host.Client);

    [Fact]
    public async Task Services_without_a_host_and_without_logging_will_do()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(host.Client);
        await using var services = new ServiceCollection()
            .AddExtendDb(host.ConnectionString).Services
            .AddExtendDbAmazonDynamoDB()
            .BuildServiceProvider(validateScopes: true);

        var tables = await services.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync();

        tables.TableNames.Should().Contain(table);
    }

    [Fact]
    public async Task Clients_of_two_contexts_use_each_its_own_database()
    {
        var other = await host.CreateDatabaseAsync();
        await using var services = new ServiceCollection()
            .AddExtendDb<ShopContext>((_, options) => options.UseNpgsql(host.ConnectionString)).Services
            .AddExtendDb<StockContext>((_, options) => options.UseNpgsql(other), options => options.Region = "eu-north-1").Services
            .AddExtendDbAmazonDynamoDB<ShopContext>()
            .AddExtendDbAmazonDynamoDB<StockContext>()
            .AddExtendDbAmazonDynamoDB()
            .BuildServiceProvider();
        var (shop, stock) = (Of<ShopContext>(services), Of<StockContext>(services));

        var (inShop, inStock) = (await TableSpec.Of("Id:S").CreateAsync(shop), await TableSpec.Of("Id:S").CreateAsync(stock));

        (await shop.ListTablesAsync()).TableNames.Should().Contain(inShop).And.NotContain(inStock);
        (await stock.ListTablesAsync()).TableNames.Should().Equal(inStock);
        (await stock.DescribeTableAsync(inStock)).Table.TableArn.Should().StartWith("arn:aws:dynamodb:eu-north-1:");
        stock.Config.AuthenticationRegion.Should().Be("eu-north-1");
        (await services.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync()).TableNames.Should().Contain(
            inShop, "the first registration is that without a key");
    }

    [Fact]
    public async Task A_client_needs_no_signature_beside_an_endpoint_with_access_keys()
    {
        using var other = await InProcessHost.StartAsync(host.ConnectionString, configureHost: builder =>
            builder.Services.AddExtendDbEndpoint(options => options.AccessKeys = AccessKeys.None));

        var listing = () => other.Services.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync();

        await listing.Should().NotThrowAsync();
    }

    [Fact]
    public void The_configuration_can_be_changed()
    {
        using var services = new ServiceCollection()
            .AddExtendDb(host.ConnectionString).Services
            .AddExtendDbAmazonDynamoDB(config => config.MaxErrorRetry = 7)
            .BuildServiceProvider();

        services.GetRequiredService<IAmazonDynamoDB>().Config.MaxErrorRetry.Should().Be(7);
    }

    [Fact]
    public void Without_tables_the_message_says_what_to_call()
    {
        using var services = new ServiceCollection()
            .AddExtendDbAmazonDynamoDB()
            .AddExtendDbAmazonDynamoDB<ShopContext>()
            .BuildServiceProvider();

        var unkeyed = () => services.GetRequiredService<IAmazonDynamoDB>();
        var keyed = () => Of<ShopContext>(services);

        unkeyed.Should().Throw<InvalidOperationException>().WithMessage("*call services.AddExtendDb(*");
        keyed.Should().Throw<InvalidOperationException>().WithMessage("*call services.AddExtendDb<ShopContext>(*");
    }

    [Fact]
    public async Task A_client_ends_with_its_host()
    {
        var client = await EndedAsync();

        var listing = () => client.ListTablesAsync();

        await listing.Should().ThrowAsync<ObjectDisposedException>().WithMessage("*AmazonDynamoDBClient*");
    }

    private static IAmazonDynamoDB Of<TContext>(IServiceProvider services) =>
        services.GetRequiredKeyedService<IAmazonDynamoDB>(typeof(TContext));

    private async Task<IAmazonDynamoDB> EndedAsync()
    {
        using var ended = await InProcessHost.StartAsync(host.ConnectionString);
        var client = ended.Services.GetRequiredService<IAmazonDynamoDB>();
        await client.ListTablesAsync();
        await ended.StopAsync();
        return client;
    }

    private sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseExtendDb();
    }

    private sealed class StockContext(DbContextOptions<StockContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseExtendDb();
    }
}
