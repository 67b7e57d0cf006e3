using System.Diagnostics;

namespace Paco.Cli.Tests;

/// <summary>Programs beside us that give a second opinion where they are installed.</summary>
internal static class Programs
{
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Endings.Select(ending => Path.Combine(folder, name + ending)))
        .FirstOrDefault(File.Exists);

    // Windows finds a program by its name without the ending.
    private static IEnumerable<string> Endings => OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    /// <summary>Runs a program to its end, for at most a minute. Variables are added to this process's.</summary>
    public static Task<Ran> Run(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null, string? directory = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory ?? "" };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Run(start, "");
    }

    /// <summary>Runs a program to its end, for at most a minute, with something to read.</summary>
    public static async Task<Ran> Run(ProcessStartInfo start, string input)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        await Answer(process, input);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            var (stdout, stderr) = (process.StandardOutput.ReadToEndAsync(patience.Token),
                process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return new Ran(process.ExitCode, await stdout, await stderr);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end within a minute");
        }
    }

    private static async Task Answer(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading what there was to read.
        }
    }
}

/// <summary>A fact about keys that ssh-keygen makes; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SshKeygenFactAttribute : FactAttribute
{
    public SshKeygenFactAttribute()
    {
        if (Programs.Find("ssh-keygen") is null)
            Skip = "ssh-keygen is not on PATH";
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

/// <summary>A fact that the AWS CLI checks against moto; skipped where either is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MotoAndAwsCliFactAttribute : FactAttribute
{
    public MotoAndAwsCliFactAttribute() => Skip = new Aws.Tests.MotoFactAttribute().Skip ?? new AwsCliFactAttribute().Skip;
}

/// <summary>A theory of the kind of <see cref="AwsCliFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AwsCliTheoryAttribute : TheoryAttribute
{
    public AwsCliTheoryAttribute() => Skip = new AwsCliFactAttribute().Skip;
}
