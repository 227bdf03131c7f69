namespace ExtendDb.Ef.WebConsole.Components.Parts;

/// <summary>The paths of pages, relative to the console's.</summary>
internal static class Link
{
    public static string Table(string name) => $"tables/{Uri.EscapeDataString(name)}";

    public static string Items(string name) => $"tables/{Uri.EscapeDataString(name)}/items";
}
