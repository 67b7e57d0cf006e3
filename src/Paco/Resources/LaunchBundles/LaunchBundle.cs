using System.Collections.Immutable;
using System.Formats.Tar;
using System.Text;
using Paco.Stacks;

namespace Paco.Resources.LaunchBundles;

/// <summary>A file of a bundle.</summary>
internal sealed record BundleFile(string Name, string Text);

/// <summary>A folder of files with a <c>launch.sh</c> that instances fetch and run.</summary>
internal sealed record LaunchBundle(string Name, ImmutableArray<BundleFile> Files)
{
    /// <summary>The bundles every group has, in the order they run.</summary>
    public static readonly ImmutableArray<string> Order =
        ["SSM", "EIP", "CloudWatchAgent", "EFS", "EBS", "cfn-init", "SSHAccess", "ECS", "CodeDeploy", "ScriptManager"];

    /// <summary>Tells whether instances have run these very files: the hash of the files' hashes, in their order.</summary>
    public string CacheId => field ??= Names.Md5(string.Concat(Files.Select(f => Names.Md5(f.Text))));

    /// <summary>What instances fetch of it.</summary>
    public BundleObject Archive => field ??= new BundleObject($"LaunchBundles/{Name}.tgz", ToArchive());

    /// <summary>The folder as a .tgz: the same bytes for the same files, wherever and whenever it is made.</summary>
    public byte[] ToArchive()
    {
        using var bytes = new MemoryStream(Files.Sum(f => f.Text.Length + (2 * TarBlock)) + (4 * TarBlock));
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(Entry(TarEntryType.Directory, $"{Name}/", Executable));
            foreach (var file in Files)
                tar.WriteEntry(FileEntry(file));
        }
        return StoredGzip.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    // Of a header, and what contents are filled up to.
    private const int TarBlock = 512;

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private UstarTarEntry FileEntry(BundleFile file)
    {
        var entry = Entry(TarEntryType.RegularFile, $"{Name}/{file.Name}",
            file.Name.EndsWith(".sh", StringComparison.Ordinal) ? Executable : Readable);
        entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(file.Text));
        return entry;
    }

    private static UstarTarEntry Entry(TarEntryType type, string name, UnixFileMode mode) => new(type, name)
    {
        Mode = mode,
        ModificationTime = DateTimeOffset.UnixEpoch,
        UserName = "root",
        GroupName = "root",
    };
}
