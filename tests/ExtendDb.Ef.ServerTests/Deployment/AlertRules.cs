using YamlDotNet.Serialization;

namespace ExtendDb.Ef.ServerTests.Deployment;

/// <summary>The alerts of docs/deploy.</summary>
internal static class AlertRules
{
    public static List<Rule> All =>
        [.. Yaml.Read<RuleFile>(DeployFolder.PathOf("prometheus", "extenddb.rules.yml")).Groups.SelectMany(group => group.Rules)];

    /// <summary>Gets each alert that a test looks at, with what the test expects.</summary>
    public static IEnumerable<AlertTest> Tests =>
        Yaml.Read<TestFile>(DeployFolder.PathOf("prometheus", "extenddb.rules.test.yml")).Tests.SelectMany(test => test.AlertRuleTest);

    internal sealed class Rule
    {
        public string Alert { get; set; } = "";

        [YamlMember(Alias = "expr")]
        public string Expression { get; set; } = "";
    }

    internal sealed class AlertTest
    {
        public string Alertname { get; set; } = "";

        [YamlMember(Alias = "exp_alerts")]
        public List<object> Expected { get; set; } = [];
    }

    private sealed class RuleFile
    {
        public List<RuleGroup> Groups { get; set; } = [];
    }

    private sealed class RuleGroup
    {
        public List<Rule> Rules { get; set; } = [];
    }

    private sealed class TestFile
    {
        public List<RuleTest> Tests { get; set; } = [];
    }

    private sealed class RuleTest
    {
        public List<AlertTest> AlertRuleTest { get; set; } = [];
    }
}
