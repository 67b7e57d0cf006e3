namespace Paco.Cli.Tests.Conformance;

/// <summary>Where the service models are that the AWS CLI on this machine brings: what AWS's own clients hold its wire to be.</summary>
internal static class Botocore
{
    private const string Ask = """
        import importlib, os
        for name in ('botocore', 'awscli.botocore'):
            try:
                print(os.path.join(list(importlib.import_module(name).__path__)[0], 'data'))
                break
            except ImportError:
                pass
        """;

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The folder with a folder a service; null where there is an AWS CLI and it hides its models.</summary>
    public static string? Data => Found.Value;

    private static string? Find() => Bundled() ?? Interpreters().Select(Installed).FirstOrDefault(Directory.Exists);

    /// <summary>The second AWS CLI is a program with everything beside it.</summary>
    private static string? Bundled()
    {
        var aws = Programs.Find("aws");
        var program = aws is null ? null : File.ResolveLinkTarget(aws, returnFinalTarget: true)?.FullName ?? aws;
        var data = program is null ? "" : Path.Combine(Path.GetDirectoryName(program)!, "awscli", "botocore", "data");
        return Directory.Exists(data) ? data : null;
    }

    /// <summary>The first is a script of a Python, named in its first line.</summary>
    private static IEnumerable<string> Interpreters()
    {
        var first = Programs.Find("aws") is { } aws ? File.ReadLines(aws).FirstOrDefault() ?? "" : "";
        var own = first.StartsWith("#!", StringComparison.Ordinal) && first.Contains("python", StringComparison.Ordinal)
            ? first[2..].Trim() : null;
        return new[] { own, Programs.Find("python3"), Programs.Find("python") }.OfType<string>().Where(File.Exists);
    }

    private static string? Installed(string python) => Programs.Run(python, ["-c", Ask]).GetAwaiter().GetResult() is { Exit: 0 } ran
        ? ran.Out.Trim() : null;
}
