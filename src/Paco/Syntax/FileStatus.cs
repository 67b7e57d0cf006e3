using System.Runtime.InteropServices;
using System.Text;

namespace Paco.Syntax;

/// <summary>What stands at a path.</summary>
public enum FileKind
{
    /// <summary>Bytes with an end.</summary>
    Regular,
    Directory,
    Link,

    /// <summary>A named pipe: whoever opens it waits for somebody at the other end.</summary>
    Pipe,

    /// <summary>A device: it may never end.</summary>
    Device,
    Socket,
}

/// <summary>What the file system says of a path before anything is opened: opening alone may wait for ever.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="IsOurs">It belongs to the user this program runs as; on Windows that is not asked.</param>
public readonly record struct FileStatus(FileKind Kind, bool IsOurs)
{
    /// <summary>Of what a path leads to, links followed; null where that is nothing, or nobody may know.</summary>
    public static FileStatus? Of(string path) =>
        OperatingSystem.IsWindows() ? OfAttributes(path, follows: true) : Stat(Bytes(path), out var status) == 0 ? Read(status) : null;

    /// <summary>Of what stands at a path itself, which may be a link.</summary>
    public static FileStatus? OfLink(string path) =>
        OperatingSystem.IsWindows() ? OfAttributes(path, follows: false) : LStat(Bytes(path), out var status) == 0 ? Read(status) : null;

    /// <summary>As in "… is a pipe".</summary>
    public string Words => Kind switch
    {
        FileKind.Regular => "a file",
        FileKind.Directory => "a directory",
        FileKind.Link => "a link",
        FileKind.Pipe => "a pipe",
        FileKind.Device => "a device",
        _ => "a socket",
    };

    private static FileStatus Read(RawStatus status) => new((status.Mode & 0xF000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Directory,
        0xA000 => FileKind.Link,
        0x1000 => FileKind.Pipe,
        0xC000 => FileKind.Socket,
        _ => FileKind.Device,
    }, status.Uid == GetEUid());

    /// <summary>What Windows knows of it, which has neither pipes in its folders nor, for us, owners.</summary>
    internal static FileStatus? OfAttributes(string path, bool follows)
    {
        var file = new FileInfo(path);
        // What is kept elsewhere until somebody reads it is a reparse point too, and no link.
        if (file.LinkTarget is null)
            return Of(file.Attributes);
        return !follows ? new(FileKind.Link, IsOurs: true)
            : file.ResolveLinkTarget(returnFinalTarget: true) is { } end ? Of(end.Attributes) : null;
    }

    private static FileStatus? Of(FileAttributes attributes) => (int)attributes == -1 ? null
        : new(attributes.HasFlag(FileAttributes.Directory) ? FileKind.Directory
            : attributes.HasFlag(FileAttributes.Device) ? FileKind.Device
            : FileKind.Regular, IsOurs: true);

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

    // .NET has no public way to ask for a file's kind and owner. The library it asks with itself is part of every build of ours, and
    // has one layout on all systems.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Stat(byte[] path, out RawStatus status);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_LStat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int LStat(byte[] path, out RawStatus status);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_GetEUid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern uint GetEUid();

    // The beginning of its FileStatus, with room for the times and numbers behind it.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct RawStatus
    {
        [FieldOffset(4)]
        public readonly int Mode;

        [FieldOffset(8)]
        public readonly uint Uid;
    }
}
