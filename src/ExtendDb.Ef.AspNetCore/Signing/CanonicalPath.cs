namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>
/// Converts a path to the form that is signed. Source: Signature Version 4, CanonicalURI; RFC 3986, 5.2.4.
/// </summary>
internal static class CanonicalPath
{
    /// <summary>Removes empty and dot segments and encodes the others as they were sent, escapes included.</summary>
    public static string Of(string path)
    {
        if (path is "" or "/")
        {
            return "/";
        }

        var segments = new List<string>();
        var endsInSlash = false;
        foreach (var range in path.AsSpan().Split('/'))
        {
            var segment = path.AsSpan()[range];
            endsInSlash = segment is "" or "." or "..";
            if (!endsInSlash)
            {
                // The paths of every service but S3 are encoded a second time before they are signed.
                segments.Add(PercentEncoding.Encode(segment));
            }
            else if (segment is ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
        }

        return segments.Count == 0 ? "/" : $"/{string.Join('/', segments)}{(endsInSlash ? "/" : string.Empty)}";
    }
}
