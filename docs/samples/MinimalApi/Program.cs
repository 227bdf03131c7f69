using ExtendDb.Ef;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using MinimalApi;

var builder = WebApplication.CreateBuilder(args);
builder.Services
    .AddExtendDb<ShopContext>((services, options) => options.UseNpgsql(
        services.GetRequiredService<IConfiguration>().GetConnectionString("Shop")))
    .MigrateOnStart();
builder.Services.AddHostedService<StockTable>();
var app = builder.Build();

await using (var scope = app.Services.CreateAsyncScope())
{
    // MigrateOnStart creates the tables of items; these are the application's own.
    await scope.ServiceProvider.GetRequiredService<ShopContext>().Database.MigrateAsync();
}

app.MapPut("/stock/{product}", async (string product, Stock stock, ShopContext shop) =>
    await shop.ExtendDb().Table<Stock>().PutAsync(stock with { Product = product }));

// The index may lag behind the items for some milliseconds.
app.MapGet("/stock", (string category, ShopContext shop) => shop.ExtendDb().Table<Stock>().QueryAsync(new()
{
    IndexName = "by-category",
    Key = $"Category = {category}",
}));

// The order and the smaller stock commit together, or neither does.
app.MapPost("/orders", async (NewOrder order, ShopContext shop) =>
{
    await using var transaction = await shop.Database.BeginTransactionAsync();
    var placed = shop.Add(new Order { Product = order.Product, Quantity = order.Quantity }).Entity;
    await shop.SaveChangesAsync();
    try
    {
        await shop.ExtendDb().Table<Stock>().UpdateAsync(
            order.Product, $"SET Pieces = Pieces - {order.Quantity}", $"Pieces >= {order.Quantity}");
    }
    catch (ConditionalCheckFailedException)
    {
        return Results.Conflict(new { error = $"There are not {order.Quantity} of {order.Product}." });
    }

    await transaction.CommitAsync();
    return Results.Created($"/orders/{placed.Id}", placed);
});

// An item as it is stored is DynamoDB JSON; ToJson() would be plain JSON.
app.MapGet("/items/{product}", async (string product, ShopContext shop) =>
    (await shop.ExtendDb().GetItemAsync(new("Stock", new() { ["Product"] = product }))).Item is { } item
        ? Results.Ok(item)
        : Results.NotFound());

await app.RunAsync();
