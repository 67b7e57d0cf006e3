using System.Diagnostics;

namespace Paco.Cli.Tests.Clients;

/// <summary>Scripts for boto3, the AWS SDK for Python, beside this file.</summary>
internal static class Boto
{
    private static readonly Lazy<bool> Importable = new(() =>
    {
        if (Programs.Find("python3") is not { } python)
            return false;
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import boto3"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    });

    public static bool IsThere => Importable.Value;

    /// <summary>What a script writes about a cloud, line by line; it has to succeed.</summary>
    public static async Task<IReadOnlyList<string>> Run(string script, string endpoint)
    {
        var ran = await Programs.Run(Programs.Find("python3")!,
            [Repository.Path("tests", "Paco.Cli.Tests", "Clients", "boto3", script), endpoint],
            new Dictionary<string, string> { ["AWS_CONFIG_FILE"] = "/dev/null", ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null" });
        Assert.True(ran.Exit == 0, ran.All);
        return ran.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

/// <summary>A fact checked with boto3, a client nobody here wrote; skipped where Python does not have it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BotoFactAttribute : FactAttribute
{
    public BotoFactAttribute()
    {
        if (!Boto.IsThere)
            Skip = "python3 with boto3 is not on PATH (pip install boto3)";
    }
}

/// <summary>A fact about the sandbox beside moto, both asked by boto3; skipped where either is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BotoAndMotoFactAttribute : FactAttribute
{
    public BotoAndMotoFactAttribute() => Skip = new Aws.Tests.MotoFactAttribute().Skip ?? new BotoFactAttribute().Skip;
}
