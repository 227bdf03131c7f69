using System.Reflection;
using System.Runtime.CompilerServices;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.Tests.Storage.Configurations;

public class PublicModelTests
{
    [Fact]
    public void Own_context_maps_the_public_entities_only()
    {
        using var context = new OwnContext();

        var entities = context.Model.GetEntityTypes().Select(e => e.ClrType);

        entities.Should().BeEquivalentTo(
        [
            typeof(OwnContext.Link), typeof(Table), typeof(SecondaryIndex), typeof(Item), typeof(GsiPending),
            typeof(IndexEntry), typeof(GsiQuarantine),
        ]);
    }

    [Fact]
    public void Own_context_maps_no_type_that_its_assembly_cannot_name()
    {
        using var context = new OwnContext();

        var types = context.Model.GetEntityTypes().SelectMany(e => e.GetFlattenedComplexProperties().Select(p => p.ClrType)
            .Concat(e.GetProperties().Select(p => p.ClrType)).Append(e.ClrType));

        types.Where(type => type.Assembly == typeof(Item).Assembly).Should().OnlyContain(type => type.IsVisible);
    }

    [Fact]
    public void ExtendDbContext_has_a_set_for_each_public_entity()
    {
        var sets = typeof(ExtendDbContext).GetProperties()
            .Where(p => p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>))
            .Select(p => p.PropertyType.GenericTypeArguments[0]);

        sets.Should().BeEquivalentTo(
        [
            typeof(Table), typeof(SecondaryIndex), typeof(Item), typeof(GsiPending), typeof(IndexEntry), typeof(GsiQuarantine),
        ]);
    }

    [Fact]
    public void Definition_of_a_table_cannot_be_changed_from_outside() =>
        typeof(Table).GetProperties().Should().OnlyContain(p => !CanBeSetFromOutside(p));

    [Theory]
    [InlineData(nameof(SecondaryIndex.Status))]
    [InlineData(nameof(SecondaryIndex.PropagationDelayMs))]
    public void Definition_of_an_index_cannot_be_changed_from_outside(string property) =>
        CanBeSetFromOutside(typeof(SecondaryIndex).GetProperty(property)!).Should().BeFalse();

    private static bool CanBeSetFromOutside(PropertyInfo property) =>
        property.GetSetMethod() is { } setter
        && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
