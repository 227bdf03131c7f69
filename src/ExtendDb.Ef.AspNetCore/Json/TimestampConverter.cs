using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>Writes times as seconds since 1970 with milliseconds; no request contains a time.</summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    private const decimal MillisecondsPerSecond = 1_000;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds() / MillisecondsPerSecond);
}
