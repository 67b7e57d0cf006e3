namespace Paco.Aws.Tests;

/// <summary>A fact checked against moto, an AWS nobody here wrote; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MotoFactAttribute : FactAttribute
{
    public MotoFactAttribute()
    {
        if (MotoServer.Program is null)
        {
            Skip = "moto_server is not on PATH (pip install 'moto[server]')";
        }
    }
}
