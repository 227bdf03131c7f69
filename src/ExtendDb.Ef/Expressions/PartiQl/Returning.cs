namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>The RETURNING of a statement.</summary>
/// <param name="OnlyModified">Whether only the attributes that the statement changes are returned.</param>
/// <param name="IsNew">Whether the item is returned as it is after the statement.</param>
internal sealed record Returning(bool OnlyModified, bool IsNew)
{
    public override string ToString() => $"{(OnlyModified ? "MODIFIED" : "ALL")} {(IsNew ? "NEW" : "OLD")} *";
}
