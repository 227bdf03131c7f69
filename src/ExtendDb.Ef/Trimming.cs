using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef;

/// <summary>What a program that is trimmed or compiled ahead of time cannot do, and why.</summary>
internal static class Trimming
{
    public const string EfCore =
        "EF Core builds models and queries by reflection: publish the program without trimming and without PublishAot.";

    public const string AttributeOfOptions =
        "The validator that is generated for the options holds the range itself, and reads no attribute.";

    public const string Warned = "The registration and the constructor of the context warn of what EF needs.";

    /// <summary>The members of a context that EF and the services find by reflection.</summary>
    public const DynamicallyAccessedMemberTypes Context = DynamicallyAccessedMemberTypes.PublicConstructors
        | DynamicallyAccessedMemberTypes.NonPublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;
}
