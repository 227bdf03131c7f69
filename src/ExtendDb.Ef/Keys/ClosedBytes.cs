namespace ExtendDb.Ef.Keys;

/// <summary>
/// Encodes bytes so that they keep their order and no encoding is the beginning of another, whatever follows.
/// </summary>
/// <remarks>
/// Groups of eight bytes, each behind it a byte: 0xFF when another group follows, and otherwise 0xF7 plus the number of bytes
/// that count in this last group (0 to 7), which is filled up with 0x00. MyRocks and TiDB store keys so. The encoding adds an
/// eighth and up to nine bytes; an escape of 0x00 could double a hostile value, and its row would not fit into a btree page.
/// </remarks>
internal static class ClosedBytes
{
    /// <summary>The most that is added to an eighth more.</summary>
    public const int MaxAdded = Group + 1;

    private const int Group = 8;
    private const byte Continues = 0xFF;
    private const byte Ends = 0xF7;

    /// <summary>Encodes bytes.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> bytes)
    {
        var encoded = new byte[(bytes.Length / Group + 1) * (Group + 1)];
        var last = CopyFullGroups(bytes, encoded);
        bytes[last..].CopyTo(encoded.AsSpan(encoded.Length - Group - 1));
        encoded[^1] = (byte)(Ends + bytes.Length - last);
        return encoded;
    }

    /// <summary>Returns the bytes with which all encodings begin of what begins with a prefix.</summary>
    /// <remarks>Some encodings of what comes before the prefix begin with them too, because a group is filled up.</remarks>
    public static byte[] EncodePrefix(ReadOnlySpan<byte> prefix)
    {
        var groups = prefix.Length / Group;
        var encoded = new byte[prefix.Length + groups];
        var last = CopyFullGroups(prefix, encoded);
        prefix[last..].CopyTo(encoded.AsSpan(groups * (Group + 1)));
        return encoded;
    }

    private static int CopyFullGroups(ReadOnlySpan<byte> bytes, Span<byte> encoded)
    {
        var groups = bytes.Length / Group;
        for (var i = 0; i < groups; i++)
        {
            bytes.Slice(i * Group, Group).CopyTo(encoded[(i * (Group + 1))..]);
            encoded[i * (Group + 1) + Group] = Continues;
        }

        return groups * Group;
    }
}
