using ExtendDb.Ef.Storage.CompiledModel;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace ExtendDb.Ef.Tests.Storage.Configurations;

public class CompiledModelTests
{
    [Fact]
    public void Compiled_model_is_the_configured_one()
    {
        using var context = new ExtendDbContext(
            new DbContextOptionsBuilder<ExtendDbContext>().UseNpgsql("Host=nowhere").Options);
        var configured = context.GetService<IModelRuntimeInitializer>().Initialize(
            context.GetService<IDesignTimeModel>().Model, designTime: false);

        context.Model.Should().BeSameAs(ExtendDbContextModel.Instance);
        Described(context.Model).Should().Be(
            Described(configured), "after a change of the model, Migrations/SCHEMA.md says how to compile it again");
    }

    private static string Described(IReadOnlyModel model) => model.ToDebugString(MetadataDebugStringOptions.LongDefault);
}
