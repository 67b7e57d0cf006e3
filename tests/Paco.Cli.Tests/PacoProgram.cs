using System.Diagnostics;
using System.Text;

namespace Paco.Cli.Tests;

/// <summary>
/// Paco as a process of its own. PACO_PROGRAM names another build than the one beside these tests; all commands of the tests are
/// then given to that one. <c>.ci/run</c> does so with what <c>./native</c> built.
/// </summary>
internal static class PacoProgram
{
    private static readonly string? Named =
        Environment.GetEnvironmentVariable("PACO_PROGRAM") is { Length: > 0 } path ? Path.GetFullPath(path, Repository.Root) : null;

    /// <summary>Commands go to a program that was named, instead of being run in this process.</summary>
    public static bool IsNamed => Named is not null;

    /// <summary>What to type for it, before the arguments.</summary>
    public static IReadOnlyList<string> Line { get; } = Named is not null ? [Named] : ["dotnet", Beside("Paco.Cli.dll")];

    /// <summary>The files it consists of, without libraries of other makers that are not .NET's.</summary>
    public static IEnumerable<string> Files => Named is not null ? [Named]
        : [Beside("Paco.Cli.runtimeconfig.json"), .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")];

    /// <summary>One command, started in a directory with an environment of which nothing is this machine's.</summary>
    public static ProcessStartInfo Command(string directory, IReadOnlyDictionary<string, string> variables, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Line[0], [.. Line.Skip(1), .. arguments])
        {
            WorkingDirectory = directory, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        if (IsNamed)
            start.Environment.Clear();
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return start;
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
