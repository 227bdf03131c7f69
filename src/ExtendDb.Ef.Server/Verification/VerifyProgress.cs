using System.Text.Json;
using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Server.Commands;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>How far a verification has come, in a file from which another run of it goes on.</summary>
/// <param name="Repairs">Whether what differed was repaired.</param>
/// <param name="Finished">The indexes that are compared.</param>
/// <param name="Current">The one that is being compared; null between two.</param>
/// <param name="Hash">The partition hash at which it goes on; null at the start.</param>
/// <param name="Sort">The sort key at which it goes on, in Base64; null at the start.</param>
internal sealed record VerifyProgress(
    bool Repairs, IReadOnlyList<VerifiedIndex> Finished, VerifiedIndex? Current = null, Guid? Hash = null, byte[]? Sort = null)
{
    /// <summary>Gets where the current index goes on; null at its start.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ItemKey? Place => Hash is { } hash ? new(hash, Sort ?? []) : null;

    /// <summary>Reads the file; a run that has just begun when there is none.</summary>
    /// <exception cref="IOException">The file is there and holds something else, or another kind of run.</exception>
    public static async Task<VerifyProgress> ReadAsync(string? path, bool repairs, CancellationToken cancellationToken)
    {
        if (path is null || !File.Exists(path))
        {
            return new(repairs, []);
        }

        try
        {
            await using var file = File.OpenRead(path);
            var progress = await JsonSerializer.DeserializeAsync<VerifyProgress>(file, JsonOutput.Options, cancellationToken);
            return progress is not { Finished: not null } ? throw new IOException($"{path} is not the progress of a verification.")
                : progress.Repairs == repairs ? progress
                : throw new IOException(
                    $"{path} is of a run that {(repairs ? "only compared" : "also repaired")}; give another file, or delete it.");
        }
        catch (JsonException broken)
        {
            throw new IOException($"{path} is not the progress of a verification: {broken.Message}", broken);
        }
    }

    /// <summary>Writes the file, whole or not at all; nothing without a path.</summary>
    public async Task WriteAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return;
        }

        var next = path + ".new";
        await File.WriteAllBytesAsync(next, JsonSerializer.SerializeToUtf8Bytes(this, JsonOutput.Options), cancellationToken);
        File.Move(next, path, overwrite: true);
    }
}
