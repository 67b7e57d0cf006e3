using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Paco.Package;

/// <summary>What <c>./native</c> left in its folder.</summary>
internal sealed partial class NativeBuild
{
    private static readonly ImmutableArray<string> Libraries = [".so", ".dylib", ".dll"];
    private readonly string _folder;

    public NativeBuild(string folder)
    {
        _folder = folder;
        Program = Path.Combine(folder, OperatingSystem.IsWindows() ? "paco.exe" : "paco");
        var said = Said(Program);
        Version = SaidVersion().Match(said) is { Success: true } match ? match.Groups[1].Value
            : throw new InvalidDataException($"{Program} --version says no version: {said}");
        IsModified = said.Contains("modified", StringComparison.Ordinal);
        Packages = LinkedPackage.OfFiles(Path.Combine(folder, ".linked"));
    }

    public string Program { get; }

    public string Version { get; }

    /// <summary>It was built of sources that are in no commit.</summary>
    public bool IsModified { get; }

    public ImmutableArray<LinkedPackage> Packages { get; }

    /// <summary>As .NET calls systems: linux-x64. Of a distribution's own name for itself only what it links with counts.</summary>
    public static string Runtime
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx"
                : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl" : "linux";
            return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>The program and the libraries that have to lie beside it.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(_folder)
        .Where(file => file == Program || Libraries.Contains(Path.GetExtension(file)));

    /// <summary>What comes along and is no part of the program: completions, the manual. Name below the folder, and file.</summary>
    public IEnumerable<(string Name, string File)> Share =>
        Path.Combine(_folder, "share") is var share && Directory.Exists(share)
        ? Directory.EnumerateFiles(share, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(_folder, file).Replace('\\', '/'), file))
        : [];

    private static string Said(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd();
    }

    [GeneratedRegex(@"^paco (\S+) \(")]
    private static partial Regex SaidVersion();
}
