using Xunit;

namespace ExtendDb.Ef.InstalledProgramTests.OtherLanguages;

/// <summary>A test that needs the AWS command line; without it, it is skipped.</summary>
internal sealed class AwsCliFactAttribute : FactAttribute
{
    public AwsCliFactAttribute()
    {
        if (Programs.Aws is null)
        {
            Skip = "No aws on PATH runs: apt-get install awscli, or https://aws.amazon.com/cli.";
        }
    }
}
