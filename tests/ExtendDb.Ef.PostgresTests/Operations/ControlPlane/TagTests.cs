using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

public class TagTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task Tags_given_at_the_creation_are_listed_by_key()
    {
        var table = (await Host.Db.CreateTableAsync(OperationsTable.Of("Id:S") with { Tags = [new("b", "2"), new("a", "1")] })).TableDescription;

        var listed = await Host.Db.ListTagsOfResourceAsync(new(table.TableArn));

        listed.Tags.Should().Equal(new("a", "1"), new Tag("b", "2"));
        listed.NextToken.Should().BeNull();
    }

    [Fact]
    public async Task Tag_takes_the_place_of_one_of_the_same_key()
    {
        var arn = await CreateAsync(new("a", "1"), new("b", "2"));

        await Host.Db.TagResourceAsync(new(arn, [new("b", "3"), new("c", "")]));

        (await ListAsync(arn)).Should().Equal(new("a", "1"), new Tag("b", "3"), new("c", ""));
    }

    [Fact]
    public async Task Tag_that_is_taken_is_gone_and_one_that_is_not_there_is_no_error()
    {
        var arn = await CreateAsync(new("a", "1"), new("b", "2"));

        await Host.Db.UntagResourceAsync(new(arn, ["b", "nowhere"]));

        (await ListAsync(arn)).Should().Equal(new Tag("a", "1"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no token")]
    public async Task Fifty_tags_are_listed_at_once_whatever_the_token(string? token)
    {
        Tag[] tags = [.. Enumerable.Range(0, 50).Select(i => new Tag($"k{i:00}", $"{i}"))];
        var arn = await CreateAsync(tags);

        var listed = await Host.Db.ListTagsOfResourceAsync(new(arn, token));

        listed.Tags.Should().Equal(tags);
        listed.NextToken.Should().BeNull();
    }

    [Fact]
    public async Task ARN_of_another_region_and_account_has_the_tags_of_the_table_of_that_name()
    {
        var table = TableArn.NameOf(await CreateAsync(new Tag("a", "1"), new("b", "2")));
        var elsewhere = $"arn:aws:dynamodb:eu-west-1:123456789012:table/{table}";

        await Host.Db.TagResourceAsync(new(elsewhere, [new("c", "3")]));
        await Host.Db.UntagResourceAsync(new(elsewhere, ["a"]));

        (await ListAsync(elsewhere)).Should().Equal(new("b", "2"), new Tag("c", "3"));
    }

    [Fact]
    public async Task Fifty_first_tag_is_refused_and_none_of_the_request_is_given()
    {
        var arn = await CreateAsync([.. Enumerable.Range(0, 49).Select(i => new Tag($"k{i:00}", ""))]);

        var refused = () => Host.Db.TagResourceAsync(new(arn, [new("new1", ""), new("new2", "")]));

        await refused.Should().ThrowAsync<ValidationException>()
            .WithMessage("Number of Tags exceed the current limit for the provided ResourceArn");
        (await Host.ScalarAsync($"SELECT jsonb_array_length(tags) FROM extenddb.tables WHERE name = '{TableArn.Parse(arn)}'"))
            .Should().Be(49);
    }

    [Fact]
    public async Task Tags_given_at_the_same_time_are_all_there()
    {
        var arn = await CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Host.Db.TagResourceAsync(new(arn, [new($"k{i}", "")]))));

        (await ListAsync(arn)).Should().HaveCount(8);
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("untag")]
    [InlineData("list")]
    public async Task Table_that_is_not_there_is_named_by_its_ARN(string operation)
    {
        var arn = TableArn.Of(new(), "Nowhere");

        var refused = () => RunAsync(operation, arn);

        await refused.Should().ThrowAsync<ResourceNotFoundException>()
            .WithMessage($"Requested resource not found: ResourceArn: {arn} not found");
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("untag")]
    [InlineData("list")]
    public async Task What_is_no_ARN_is_refused(string operation)
    {
        var refused = () => RunAsync(operation, "arn:aws:s3:::bucket");

        await refused.Should().ThrowAsync<ValidationException>().WithMessage("Invalid TableArn: *");
    }

    [Fact]
    public async Task Empty_and_missing_lists_are_refused()
    {
        var arn = await CreateAsync();

        await Refused(() => Host.Db.TagResourceAsync(new(arn, [])), "Atleast one Tag needs to be provided as Input.");
        await Refused(() => Host.Db.TagResourceAsync(new(arn, null!)), "*Value null at 'tags' *");
        await Refused(() => Host.Db.UntagResourceAsync(new(arn, [])), "Atleast one Tag Key needs to be provided as Input.");
        await Refused(() => Host.Db.UntagResourceAsync(new(arn, null!)), "*Value null at 'tagKeys' *");
        await Refused(() => Host.Db.UntagResourceAsync(new(arn, [null!])), "The Tag Key provided is invalid, Key: null");
    }

    private static async Task Refused(Func<Task> call, string message) =>
        await call.Should().ThrowAsync<ValidationException>().WithMessage(message);

    private Task RunAsync(string operation, string arn) => operation switch
    {
        "tag" => Host.Db.TagResourceAsync(new(arn, [new("k", "v")])),
        "untag" => Host.Db.UntagResourceAsync(new(arn, ["k"])),
        _ => Host.Db.ListTagsOfResourceAsync(new(arn)),
    };

    private async Task<string> CreateAsync(params Tag[] tags) =>
        (await Host.Db.CreateTableAsync(OperationsTable.Of("Id:S") with { Tags = tags })).TableDescription.TableArn;

    private async Task<IReadOnlyList<Tag>> ListAsync(string arn) => (await Host.Db.ListTagsOfResourceAsync(new(arn))).Tags;
}
