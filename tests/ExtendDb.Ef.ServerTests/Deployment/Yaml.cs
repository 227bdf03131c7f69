using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace ExtendDb.Ef.ServerTests.Deployment;

/// <summary>Reads YAML, with anchors and merged maps.</summary>
internal static class Yaml
{
    public static T Read<T>(string path) => new DeserializerBuilder()
        .IgnoreUnmatchedProperties()
        .WithNamingConvention(YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance)
        .Build()
        .Deserialize<T>(new MergingParser(new Parser(new StringReader(File.ReadAllText(path)))));
}
