using System.Collections.Immutable;
using System.Text.Json;
using System.Xml.Linq;

namespace Paco.Package;

/// <summary>A package of NuGet that is part of what is handed out, as its own nuspec says.</summary>
internal sealed record LinkedPackage(string Folder)
{
    private readonly XElement _nuspec =
        XDocument.Load(Directory.EnumerateFiles(Folder, "*.nuspec").Single()).Root!.Elements().Single(e => e.Name.LocalName == "metadata");

    public string Id => Text("id")!;

    public string Version => Text("version")!;

    public string Authors => Text("authors") ?? "";

    public string Copyright => Text("copyright") ?? $"Copyright {Authors}";

    /// <summary>An SPDX expression; null where the package brings a text of its own.</summary>
    public string? Licence => Find("license") is { } licence && licence.Attribute("type")?.Value == "expression" ? licence.Value : null;

    /// <summary>The licence as the package has it in a file; empty where an expression says all.</summary>
    public string LicenceText => Licence is null ? Read(Text("license") ?? "LICENSE*") : "";

    /// <summary>What the package says of software within it.</summary>
    public string OwnNotices => Read("THIRD-PARTY-NOTICES*");

    public string? Page => Text("projectUrl");

    public string? Sources => Find("repository")?.Attribute("url")?.Value;

    public string Purl => $"pkg:nuget/{Id}@{Version}";

    /// <summary>SHA-512 of the package's file, in hexadecimal; NuGet leaves it beside what it unpacked.</summary>
    public string? Sha512 => Directory.EnumerateFiles(Folder, "*.nupkg.sha512").SingleOrDefault() is { } file
        ? Convert.ToHexStringLower(Convert.FromBase64String(File.ReadAllText(file).Trim()))
        : null;

    /// <summary>What it says it needs, for whatever framework.</summary>
    public ImmutableArray<string> Needs =>
        [.. _nuspec.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value).Distinct()];

    /// <summary>Those that some files are from, a path a line; what is no package's is the project's own.</summary>
    public static ImmutableArray<LinkedPackage> OfFiles(string list) => Sorted(File.ReadLines(list)
        .Select(FolderOf).OfType<string>().Distinct(StringComparer.Ordinal).Select(folder => new LinkedPackage(folder)));

    // NuGet marks what it unpacked.
    private static string? FolderOf(string path)
    {
        var folder = Path.GetDirectoryName(path);
        while (folder is { Length: > 0 } && !File.Exists(Path.Combine(folder, ".nupkg.metadata")))
            folder = Path.GetDirectoryName(folder);
        return folder is { Length: > 0 } ? folder : null;
    }

    /// <summary>By what the runtime reads to find the assemblies beside a program.</summary>
    public static ImmutableArray<LinkedPackage> OfDependencies(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Sorted(json.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => new LinkedPackage(Path.Combine(packages, library.Value.GetProperty("path").GetString()!))));
    }

    private static ImmutableArray<LinkedPackage> Sorted(IEnumerable<LinkedPackage> packages) =>
        [.. packages.DistinctBy(p => p.Purl).OrderBy(p => p.Purl, StringComparer.OrdinalIgnoreCase)];

    private XElement? Find(string name) => _nuspec.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private string? Text(string name) => Find(name)?.Value is { Length: > 0 } text ? text.Trim() : null;

    // Packages write the names of these files as they like.
    private string Read(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern, new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive })
            .Select(File.ReadAllText).FirstOrDefault("").ReplaceLineEndings("\n").Trim('\uFEFF', '\n');
}
