using System.Text.Json;
using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Server.Commands;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>The progress of a verification, in a file from which a later run continues.</summary>
/// <param name="Repairs">Whether divergent entries are repaired.</param>
/// <param name="Finished">The indexes whose comparison is complete.</param>
/// <param name="Current">The index that is being compared; null between two indexes.</param>
/// <param name="Hash">The partition hash at which the comparison continues; null at the start.</param>
/// <param name="Sort">The sort key at which the comparison continues, in Base64; null at the start.</param>
internal sealed record VerifyProgress(
    bool Repairs, IReadOnlyList<VerifiedIndex> Finished, VerifiedIndex? Current = null, Guid? Hash = null, byte[]? Sort = null)
{
    /// <summary>Gets the key at which the comparison of the current index continues; null at its start.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ItemKey? Place => Hash is { } hash ? new(hash, Sort ?? []) : null;

    /// <summary>Reads the file; returns the progress of a new run when there is no file.</summary>
    /// <exception cref="IOException">The file has another content, or belongs to another kind of run.</exception>
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

    /// <summary>Writes the file completely or not at all; does nothing without a path.</summary>
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
