using Xunit;

namespace ExtendDb.Ef.InstalledProgramTests.OtherLanguages;

/// <summary>A test that needs a Python with boto3; without one it is skipped.</summary>
internal sealed class Boto3FactAttribute : FactAttribute
{
    public Boto3FactAttribute()
    {
        if (Programs.PythonWithBoto3 is null)
        {
            Skip = "No python3 on PATH has boto3: apt-get install python3-boto3, or pip install boto3.";
        }
    }
}
