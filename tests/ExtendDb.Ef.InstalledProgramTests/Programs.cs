namespace ExtendDb.Ef.InstalledProgramTests;

/// <summary>The programs that these tests need beside .NET and PostgreSQL.</summary>
internal static class Programs
{
    /// <summary>The SDK for JavaScript asks for it.</summary>
    private const string OldestNode = "18";

    public static InstalledProgram PgBouncer { get; } = new(
        "pgbouncer",
        ["--version"],
        "There is no PgBouncer: apt-get install pgbouncer, or brew install pgbouncer.");

    public static InstalledProgram Node { get; } = new(
        "node",
        ["-e", $"process.exit(Number(process.versions.node.split('.')[0]) >= {OldestNode} ? 0 : 1)"],
        $"There is no Node.js {OldestNode} or newer: apt-get install nodejs npm, or https://nodejs.org.");

    public static InstalledProgram PythonWithBoto3 { get; } = new(
        "python3",
        ["-c", "import boto3"],
        "No python3 has boto3: apt-get install python3-boto3, or pip install boto3.");

    public static InstalledProgram Aws { get; } = new(
        "aws",
        ["--version"],
        "There is no AWS CLI: apt-get install awscli, or https://aws.amazon.com/cli.");

    public static InstalledProgram Promtool { get; } = new(
        "promtool",
        ["--version"],
        "There is no promtool: apt-get install prometheus, or brew install prometheus.");

    public static InstalledProgram SystemdAnalyze { get; } = new(
        "systemd-analyze",
        ["--version"],
        "There is no systemd-analyze: apt-get install systemd, on Linux.");

    public static InstalledProgram Bash { get; } = new(
        "bash",
        ["--version"],
        "There is no bash: apt-get install bash, or brew install bash.");

    public static InstalledProgram Zsh { get; } = new(
        "zsh",
        ["-fc", "zmodload zsh/zpty"],
        "There is no zsh with its modules: apt-get install zsh, or brew install zsh.");

    public static InstalledProgram Fish { get; } = new(
        "fish",
        ["--version"],
        "There is no fish: apt-get install fish, or brew install fish.");

    public static IReadOnlyList<InstalledProgram> All =>
        [PgBouncer, Node, PythonWithBoto3, Aws, Promtool, SystemdAnalyze, Bash, Zsh, Fish];
}
