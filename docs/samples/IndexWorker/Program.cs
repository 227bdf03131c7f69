using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Configuration;

// Any number of these may run beside each other and beside applications that write; the work is shared between them. One that
// is killed leaves its batch to the others.
var builder = Host.CreateApplicationBuilder(args);
builder.Services
    .AddExtendDb(builder.Configuration.GetConnectionString("Shop")
        ?? throw new InvalidOperationException("Set ConnectionStrings__Shop to the connection of the database."))
    .Configure(options => options.Propagation.Loops = 4)
    .MigrateOnStart();
await builder.Build().RunAsync();
