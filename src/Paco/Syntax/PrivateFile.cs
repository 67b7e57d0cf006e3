namespace Paco.Syntax;

/// <summary>Files that hold what is nobody else's business: readable by their owner alone from the first byte.</summary>
public static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfOthers = ~(Owner | UnixFileMode.UserExecute);

    /// <summary>
    /// A new file. What stands there already, also a link to elsewhere, is an <see cref="IOException"/> and stays as it is.
    /// </summary>
    public static FileStream Create(string path) => Create(path, Owner);

    /// <summary>The same, but nobody writes to it after this, its owner neither (0400).</summary>
    public static FileStream CreateForReading(string path) => Create(path, UnixFileMode.UserRead);

    private static FileStream Create(string path, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        return new FileStream(path, options);
    }

    /// <summary>
    /// A file that is there is made private; the answer is what keeps it from being ours, as in "… is a link", or null.
    /// </summary>
    public static string? Claim(string path)
    {
        if (FileStatus.OfLink(path) is not { } status)
            return null;
        if (status.Kind != FileKind.Regular)
            return $"is {status.Words}";
        if (!status.IsOurs)
            return "belongs to another user";
        Take(path, OfOthers);
        return null;
    }

    /// <summary>
    /// A folder that only we may write to, made where there is none and taken from others where there is; the answer is what keeps it from
    /// being that, or null. In such a folder nobody puts a link where a file of ours is about to be.
    /// </summary>
    public static string? ClaimFolder(string path)
    {
        if (FileStatus.OfLink(path) is null)
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
        }
        if (FileStatus.Of(path) is not { Kind: FileKind.Directory } folder)
            return "is no directory";
        if (!folder.IsOurs || FileStatus.OfLink(path) is not { IsOurs: true })
            return "belongs to another user";
        // Root owns folders that are everybody's on purpose.
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.StickyBit))
            return "is shared with other users";
        Take(path, UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        return null;
    }

    private static void Take(string path, UnixFileMode rights)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & rights) != 0)
            File.SetUnixFileMode(path, mode & ~rights);
    }
}
