namespace ExtendDb.Ef.CrashTests.Mutations;

/// <summary>A patch as <c>git diff</c> writes it, applied without git: what it replaces must be there exactly once.</summary>
internal sealed class Patch
{
    private readonly List<Hunk> _hunks = [];

    private Patch()
    {
    }

    public IEnumerable<string> Files => _hunks.Select(hunk => hunk.File).Distinct();

    public static Patch Read(string name)
    {
        var patch = new Patch();
        var file = string.Empty;
        foreach (var line in File.ReadLines(Path.Combine(Sources.MutationsFolder, $"{name}.patch")))
        {
            if (line.StartsWith("+++ b/", StringComparison.Ordinal))
            {
                file = line["+++ b/".Length..];
            }
            else if (line.StartsWith("@@ ", StringComparison.Ordinal))
            {
                patch._hunks.Add(new(file, [], []));
            }
            else if (file.Length > 0 && !line.StartsWith("diff ", StringComparison.Ordinal)
                && !line.StartsWith("--- ", StringComparison.Ordinal))
            {
                patch._hunks[^1].Add(line);
            }
        }

        return patch;
    }

    /// <summary>Returns the files below a folder as the patch makes them.</summary>
    /// <exception cref="InvalidOperationException">It does not fit the files.</exception>
    public IReadOnlyDictionary<string, string> ApplyTo(string folder)
    {
        var files = Files.ToDictionary(file => file, file => File.ReadAllText(Path.Combine(folder, file)));
        foreach (var hunk in _hunks)
        {
            var (old, current) = (Text(hunk.Old), Text(hunk.New));
            var text = files[hunk.File];
            var at = text.IndexOf(old, StringComparison.Ordinal);
            if (at < 0 || text.IndexOf(old, at + 1, StringComparison.Ordinal) >= 0)
            {
                throw new InvalidOperationException($"{hunk.File} does not hold this exactly once:{Environment.NewLine}{old}");
            }

            files[hunk.File] = text[..at] + current + text[(at + old.Length)..];
        }

        return files;
    }

    private static string Text(List<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private sealed record Hunk(string File, List<string> Old, List<string> New)
    {
        public void Add(string line)
        {
            var text = line.Length > 0 ? line[1..] : line;
            switch (line.Length > 0 ? line[0] : ' ')
            {
                case '-':
                    Old.Add(text);
                    break;
                case '+':
                    New.Add(text);
                    break;
                case ' ':
                    Old.Add(text);
                    New.Add(text);
                    break;
                default:
                    // "\ No newline at end of file": the last line is compared as if it had one.
                    break;
            }
        }
    }
}
