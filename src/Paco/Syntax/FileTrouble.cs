namespace Paco.Syntax;

/// <summary>Why a file could not be read or written, in our words where the kind of failure is known.</summary>
public static class FileTrouble
{
    // As Linux and macOS number them, and Windows.
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int DiskFull = unchecked((int)0x80070070);

    /// <summary>A clause without the path, to follow "… cannot be written: ".</summary>
    /// <param name="e">What was thrown. One of our own has such a clause for its message.</param>
    /// <param name="path">The full path that was to be opened.</param>
    public static string Why(Exception e, string path) => e switch
    {
        DirectoryNotFoundException => NoDirectory(path),
        FileNotFoundException => "it does not exist",
        PathTooLongException => "its path is too long",
        UnauthorizedAccessException => $"permission is denied{(Directory.Exists(path) ? " (it is a directory)" : "")}",
        { HResult: NoSpace or DiskFull } => "the disk is full",
        { HResult: ReadOnly } => "the file system is read-only",
        _ when Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder) => NoDirectory(path),
        _ => e.Message,
    };

    // Of several directories that are not there, the outermost is the one to make first.
    private static string NoDirectory(string path)
    {
        var absent = Path.GetDirectoryName(path) ?? path;
        while (Path.GetDirectoryName(absent) is { Length: > 0 } above && !Directory.Exists(above))
            absent = above;
        return File.Exists(absent) ? $"{absent} is a file" : $"there is no directory {absent}";
    }
}
