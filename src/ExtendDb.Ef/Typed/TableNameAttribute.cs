namespace ExtendDb.Ef;

/// <summary>Names the table that holds the items of a class; without it the table has the name of the class.</summary>
/// <param name="name">The name of the table, or its ARN.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TableNameAttribute(string name) : Attribute
{
    /// <summary>Gets the name of the table, or its ARN.</summary>
    public string Name { get; } = name;
}
