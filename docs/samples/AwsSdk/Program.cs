using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.DataModel;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddExtendDb(builder.Configuration.GetConnectionString("Shop")
    ?? throw new InvalidOperationException("Set ConnectionStrings__Shop to the connection of the database.")).MigrateOnStart();
builder.Services.AddExtendDbAmazonDynamoDB();
builder.Services.AddSingleton<IDynamoDBContext>(services => new DynamoDBContextBuilder()
    .WithDynamoDBClient(services.GetRequiredService<IAmazonDynamoDB>)
    .Build());
using var host = builder.Build();
await host.StartAsync();

var dynamo = host.Services.GetRequiredService<IAmazonDynamoDB>();
await dynamo.CreateTableAsync(new CreateTableRequest
{
    TableName = "Music",
    KeySchema = [new("Artist", KeyType.HASH), new("Title", KeyType.RANGE)],
    AttributeDefinitions = [new("Artist", ScalarAttributeType.S), new("Title", ScalarAttributeType.S)],
    BillingMode = BillingMode.PAY_PER_REQUEST,
});

var context = host.Services.GetRequiredService<IDynamoDBContext>();
await context.SaveAsync(new Song { Artist = "Arvo Pärt", Title = "Fratres", Released = 1977 });
var songs = await context.QueryAsync<Song>("Arvo Pärt").GetRemainingAsync();
Console.WriteLine($"{songs.Single().Title}, {songs.Single().Released}");

await host.StopAsync();

[DynamoDBTable("Music")]
public class Song
{
    [DynamoDBHashKey]
    public string Artist { get; set; } = "";

    [DynamoDBRangeKey]
    public string Title { get; set; } = "";

    public int Released { get; set; }
}
