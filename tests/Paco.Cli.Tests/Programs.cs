using System.Diagnostics;

namespace Paco.Cli.Tests;

/// <summary>Programs beside us that give a second opinion where they are installed.</summary>
internal static class Programs
{
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end, for at most a minute.</summary>
    public static async Task<Ran> Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null, string? directory = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory ?? "" };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            var (stdout, stderr) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return new Ran(process.ExitCode, await stdout, await stderr);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within a minute");
        }
    }
}

/// <summary>A fact checked by cfn-lint, CloudFormation's linter; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CfnLintFactAttribute : FactAttribute
{
    public CfnLintFactAttribute()
    {
        if (Programs.Find("cfn-lint") is null)
            Skip = "cfn-lint is not on PATH (pip install cfn-lint)";
    }
}

/// <summary>A fact checked with the AWS CLI, a client nobody here wrote; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AwsCliFactAttribute : FactAttribute
{
    public AwsCliFactAttribute()
    {
        if (Programs.Find("aws") is null)
            Skip = "the AWS CLI is not on PATH (https://aws.amazon.com/cli)";
    }
}
