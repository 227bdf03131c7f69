using Xunit;

namespace ExtendDb.Ef.InstalledProgramTests.OtherLanguages;

/// <summary>A test that needs Node.js and the AWS SDK for JavaScript; without them it is skipped.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (Programs.Node is null)
        {
            Skip = "There is no Node.js 18 or newer on PATH: apt-get install nodejs npm, or https://nodejs.org.";
        }
        else if (!Directory.Exists(Path.Combine(Programs.Folder("JavaScript"), "node_modules", "@aws-sdk", "lib-dynamodb")))
        {
            Skip = $"The AWS SDK for JavaScript is not installed: npm install --prefix {Programs.Folder("JavaScript")}";
        }
    }
}
