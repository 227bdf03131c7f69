using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Xunit;

namespace ExtendDb.Ef.Tests.Storage.Configurations;

public class ConventionTests
{
    private static readonly Dictionary<string, Action<ModelConfigurationBuilder>> Conventions = new()
    {
        ["Guid as text"] = c => c.Properties<Guid>().HaveConversion<string>(),
        ["Guid? as text"] = c => c.Properties<Guid?>().HaveConversion<string>(),
        ["Guid by a converter"] = c => c.Properties<Guid>().HaveConversion<GuidToBytesConverter>(),
        ["string with a length"] = c => c.Properties<string>().HaveMaxLength(10).AreUnicode(false).AreFixedLength(),
        ["string as citext"] = c => c.Properties<string>().HaveColumnType("citext").UseCollation("de-x-icu"),
        ["int as text"] = c => c.Properties<int>().HaveConversion<string>().HaveSentinel(-1),
        ["long as decimal"] = c => c.Properties<long>().HaveConversion<decimal>().HavePrecision(30, 2),
        ["short as int"] = c => c.Properties<short>().HaveColumnType("integer"),
        ["bool as text"] = c => c.Properties<bool>().HaveConversion<string>(),
        ["bytes as text"] = c => c.Properties<byte[]>().HaveConversion<string>(),
        ["instants as numbers"] = c => c.Properties<DateTimeOffset>().HaveConversion<DateTimeOffsetToBinaryConverter>(),
        ["instants of days"] = c => c.Properties<DateTimeOffset>().HavePrecision(0),
        ["enums as numbers"] = c => c.Properties<Enum>().HaveConversion<int>(),
        ["one enum as a number"] = c => c.Properties<TableStatus>().HaveConversion<EnumToNumberConverter<TableStatus, int>>(),
        ["int[] as text"] = c => c.Properties<int[]>().HaveConversion<NumbersConverter>(),
        ["string[] as json"] = c => c.Properties<string[]>().HaveColumnType("jsonb"),
        ["documents by another converter"] = c => c.Properties<AttributeMap>().HaveConversion<EmptyConverter>().HaveColumnType("text"),
        ["lists by another length"] = c => c.Properties<IReadOnlyList<Tag>>().HaveMaxLength(3),
        ["default mapping of Guid"] = c => c.DefaultTypeMapping<Guid>().HasConversion<string>(),
    };

    public static TheoryData<string> Names => [.. Conventions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Columns_of_ExtendDb_are_the_same_under_a_convention_for(string convention)
    {
        using var plain = new OwnContext();
        using var context = new OwnContext(conventions: Conventions[convention], model: WithoutForeignKey);

        var columns = Columns(context);

        columns.Should().Equal(Columns(plain));
    }

    [Fact]
    public void Convention_holds_for_the_users_own_entities()
    {
        using var context = new OwnContext(
            conventions: c => c.Properties<Guid>().HaveConversion<string>(), model: WithoutForeignKey);

        var reference = context.Model.FindEntityType(typeof(OwnContext.Link))!.FindProperty(nameof(OwnContext.Link.Reference))!;

        reference.GetColumnType().Should().StartWith("character varying");
    }

    [Fact]
    public void Loop_over_all_entities_before_UseExtendDb_leaves_no_value_type_in_the_model()
    {
        using var context = new OwnContext(model: m =>
        {
            LoopOverEntities(m);
            m.UseExtendDb();
        });

        OfExtendDb(context.Model).Should().BeEquivalentTo(PublicEntities);
    }

    [Fact]
    public void Loop_over_all_entities_after_UseExtendDb_leaves_no_value_type_in_the_model()
    {
        using var context = new OwnContext(model: m =>
        {
            m.UseExtendDb();
            LoopOverEntities(m);
        });

        OfExtendDb(context.Model).Should().BeEquivalentTo(PublicEntities);
    }

    [Fact]
    public void Loop_over_all_entities_with_UseExtendDb_on_both_sides_leaves_the_columns_as_they_are()
    {
        using var plain = new OwnContext();
        using var context = new OwnContext(model: m =>
        {
            m.UseExtendDb();
            LoopOverEntities(m);
            m.UseExtendDb();
        });

        Columns(context).Should().Equal(Columns(plain));
    }

    [Fact]
    public void Loop_that_sets_all_columns_before_UseExtendDb_leaves_the_columns_as_they_are()
    {
        using var plain = new OwnContext();
        using var context = new OwnContext(model: m =>
        {
            foreach (var entity in m.Model.GetEntityTypes().ToList())
            {
                entity.SetTableName("app_" + entity.GetTableName());
                foreach (var property in entity.GetProperties())
                {
                    property.SetColumnName("c_" + property.Name);
                    property.SetMaxLength(7);
                }
            }

            m.UseExtendDb();
        });

        Columns(context).Should().Equal(Columns(plain));
    }

    [Fact]
    public void Loop_that_writes_all_names_in_snake_case_after_UseExtendDb_leaves_the_columns_as_they_are()
    {
        using var plain = new OwnContext();
        using var context = new OwnContext(model: m =>
        {
            m.UseExtendDb();
            foreach (var entity in m.Model.GetEntityTypes().ToList())
            {
                entity.SetTableName(SnakeCase(entity.GetTableName()!));
                foreach (var property in entity.GetProperties())
                {
                    property.SetColumnName(SnakeCase(property.GetColumnName()));
                }
            }
        });

        Columns(context).Should().Equal(Columns(plain));
    }

    [Fact]
    public void Attributes_in_an_entity_of_the_users_own_can_be_mapped_after_such_a_loop()
    {
        using var context = new OwnContext(model: m =>
        {
            LoopOverEntities(m);
            m.UseExtendDb();
            m.Entity<Note>().Property(note => note.Content).HasConversion<EmptyConverter>();
        });

        context.Model.FindEntityType(typeof(Note))!.FindProperty(nameof(Note.Content)).Should().NotBeNull();
    }

    [Fact]
    public void Entity_with_a_change_tracking_strategy_of_the_users_own_leaves_items_with_snapshots()
    {
        using var context = new OwnContext(model: m =>
        {
            m.UseExtendDb();
            m.Ignore<OwnContext.Link>();
            m.HasChangeTrackingStrategy(ChangeTrackingStrategy.ChangedNotifications);
        });

        context.Model.FindEntityType(typeof(Item))!.GetChangeTrackingStrategy().Should().Be(ChangeTrackingStrategy.Snapshot);
    }

    private static readonly Type[] PublicEntities =
    [
        typeof(Table), typeof(SecondaryIndex), typeof(Item), typeof(GsiPending), typeof(IndexEntry), typeof(GsiQuarantine),
    ];

    // A foreign key that is text cannot refer to a key that is a uuid, with or without ExtendDb.
    private static void WithoutForeignKey(ModelBuilder model)
    {
        model.Entity<OwnContext.Link>().Ignore(link => link.Item);
        model.UseExtendDb();
    }

    private static void LoopOverEntities(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes().ToList())
        {
            model.Entity(entity.ClrType).HasAnnotation("seen", true);
        }
    }

    private static IEnumerable<Type> OfExtendDb(IModel model) =>
        model.GetEntityTypes().Select(e => e.ClrType).Where(type => type != typeof(OwnContext.Link));

    private static List<string> Columns(OwnContext context) =>
    [
        .. from entity in context.GetService<IDesignTimeModel>().Model.GetEntityTypes()
           where PublicEntities.Contains(entity.ClrType)
           from property in entity.GetProperties()
           let mapping = property.GetRelationalTypeMapping()
           select string.Join(
               ' ',
               entity.GetSchemaQualifiedTableName(),
               property.Name,
               property.GetColumnName(),
               property.GetColumnType(),
               property.IsNullable,
               property.GetMaxLength(),
               property.IsUnicode(),
               property.IsFixedLength(),
               property.GetPrecision(),
               property.GetScale(),
               property.GetCollation(),
               property.Sentinel,
               property.ValueGenerated,
               property.GetValueComparer().GetType(),
               mapping.StoreType,
               mapping.Converter?.GetType(),
               mapping.ElementTypeMapping),
    ];

    private static string SnakeCase(string name) => string.Concat(name.Select((letter, i) =>
        char.IsUpper(letter) && i > 0 && name[i - 1] != '_' ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private sealed class NumbersConverter() : ValueConverter<int[], string>(
        numbers => string.Join(',', numbers), text => text.Split(',', StringSplitOptions.None).Select(int.Parse).ToArray());

    private sealed class EmptyConverter() : ValueConverter<AttributeMap, string>(map => "", text => new AttributeMap());

    private sealed class Note
    {
        public int Id { get; set; }

        public AttributeMap Content { get; set; } = [];
    }
}
