using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Paco.Package;

/// <summary>
/// One archive a system: names in order, the commit's time, nobody's name. The same program and the same commit make the same bytes.
/// </summary>
internal static class Archive
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What was made, a line each.</summary>
    public static List<string> Make(string repository, NativeBuild build, string folder)
    {
        var (name, time) = ($"paco-{build.Version}-{NativeBuild.Runtime}", CommitTime.Of(repository));
        var data = EmbeddedData.Of(repository);
        var bom = new Sbom(build, data, time).Text();
        var entries = Entries(repository, build, Notices.Of($"{build.Version} for {NativeBuild.Runtime}", build.Packages, data), bom)
            .Select(e => e with { Name = $"{name}/{e.Name}" }).OrderBy(e => e.Name, StringComparer.Ordinal).ToImmutableArray();
        Directory.CreateDirectory(folder);
        var archive = Path.Combine(folder, name + (OperatingSystem.IsWindows() ? ".zip" : ".tar.gz"));
        File.WriteAllBytes(archive, OperatingSystem.IsWindows() ? Zip(entries, time) : Tar(entries, time));
        var materials = Path.Combine(folder, $"{name}.cdx.json");
        File.WriteAllText(materials, bom);
        List<string> made = [archive, materials, WriteSums(folder)];
        if (build.IsModified)
            made.Add("The program was built of sources that are in no commit: this is nothing to hand out.");
        return made;
    }

    private static IEnumerable<Entry> Entries(string repository, NativeBuild build, string notices, string bom) =>
    [
        .. build.Files.Select(f => new Entry(Path.GetFileName(f), File.ReadAllBytes(f), f == build.Program)),
        .. build.Share.Select(f => new Entry(f.Name, File.ReadAllBytes(f.File))),
        new("LICENSE", File.ReadAllBytes(Path.Combine(repository, "LICENSE"))),
        new("README.txt", Encoding.UTF8.GetBytes(Readme(build.Version))),
        new("THIRD-PARTY-NOTICES.txt", Encoding.UTF8.GetBytes(notices)),
        new("sbom.cdx.json", Encoding.UTF8.GetBytes(bom)),
    ];

    private static string Readme(string version)
    {
        using var text = new StreamReader(typeof(Archive).Assembly.GetManifestResourceStream("README")!);
        return text.ReadToEnd().Replace("{VERSION}", version, StringComparison.Ordinal);
    }

    private static byte[] Tar(IEnumerable<Entry> entries, DateTimeOffset time)
    {
        var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.SmallestSize))
        using (var tar = new TarWriter(packed, TarEntryFormat.Ustar))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, entry.Name)
                {
                    Mode = entry.IsProgram ? ForAll | Executable : ForAll,
                    ModificationTime = time,
                    DataStream = new MemoryStream(entry.Content),
                });
            }
        }
        return bytes.ToArray();
    }

    private static byte[] Zip(IEnumerable<Entry> entries, DateTimeOffset time)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                var packed = zip.CreateEntry(entry.Name, CompressionLevel.SmallestSize);
                packed.LastWriteTime = time;
                using var content = packed.Open();
                content.Write(entry.Content);
            }
        }
        return bytes.ToArray();
    }

    // All that lies there, so that one file is enough to check it with: sha256sum -c SHA256SUMS.
    private static string WriteSums(string folder)
    {
        var sums = Path.Combine(folder, "SHA256SUMS");
        var lines = Directory.EnumerateFiles(folder).Where(f => f != sums).Order(StringComparer.Ordinal)
            .Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))}  {Path.GetFileName(f)}\n");
        File.WriteAllText(sums, string.Concat(lines));
        return sums;
    }

    private sealed record Entry(string Name, byte[] Content, bool IsProgram = false);
}
