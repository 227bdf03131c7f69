using System.Reflection;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Streams;

public class ReadStreamTests
{
    private const string Arn = "arn:aws:dynamodb:local:000000000000:table/T/stream/label";

    [Fact]
    public async Task Iterator_of_a_page_is_used_for_the_next_one_and_made_anew_when_it_has_expired()
    {
        var db = DispatchProxy.Create<IExtendDb, OneShard>();
        var shard = (OneShard)db;
        var read = new List<string>();

        await foreach (var record in db.ReadStreamAsync(Arn))
        {
            read.Add(record.SequenceNumber);
        }

        read.Should().Equal("1", "2", "3");
        shard.Calls.Should().Equal(
            "TRIM_HORIZON ", "records of 0", "records of 1", "records of 2: expired", "AFTER_SEQUENCE_NUMBER 2", "records of 2", "records of 3");
    }

    /// <summary>A shard of three records, one a page, whose third page is asked for too late.</summary>
    public class OneShard : DispatchProxy
    {
        private bool _hasExpired;

        public List<string> Calls { get; } = [];

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) => args![0] switch
        {
            DescribeStreamRequest => Task.FromResult(new DescribeStreamResponse
            {
                StreamDescription = new()
                {
                    StreamArn = Arn,
                    StreamLabel = "label",
                    StreamStatus = StreamStatus.ENABLED,
                    StreamViewType = StreamViewType.KEYS_ONLY,
                    CreationRequestDateTime = DateTimeOffset.UnixEpoch,
                    TableName = "T",
                    KeySchema = [],
                    Shards = [new("shard", new("1"))],
                },
            }),
            GetShardIteratorRequest request => Begin(request),
            GetRecordsRequest request => Read(int.Parse(request.ShardIterator)),
            var other => throw new NotSupportedException($"{other}"),
        };

        private Task<GetShardIteratorResponse> Begin(GetShardIteratorRequest request)
        {
            Calls.Add($"{request.ShardIteratorType} {request.SequenceNumber}");
            return Task.FromResult(new GetShardIteratorResponse { ShardIterator = request.SequenceNumber ?? "0" });
        }

        private Task<GetRecordsResponse> Read(int behind)
        {
            if (behind == 2 && !_hasExpired)
            {
                _hasExpired = true;
                Calls.Add("records of 2: expired");
                return Task.FromException<GetRecordsResponse>(
                    new ExpiredIteratorException(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
            }

            Calls.Add($"records of {behind}");
            return Task.FromResult(new GetRecordsResponse
            {
                Records = behind == 3 ? [] : [Record($"{behind + 1}")],
                NextShardIterator = $"{Math.Min(behind + 1, 3)}",
            });
        }

        private static StreamRecord Record(string number) => new()
        {
            EventId = number,
            EventName = StreamEventName.INSERT,
            AwsRegion = "local",
            TableName = "T",
            ShardId = "shard",
            SequenceNumber = number,
            ApproximateCreationDateTime = DateTimeOffset.UnixEpoch,
            Keys = new() { ["Id"] = number },
            SizeBytes = 1,
            StreamViewType = StreamViewType.KEYS_ONLY,
        };
    }
}
