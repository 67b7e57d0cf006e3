namespace Paco.Syntax;

/// <summary>
/// The one place where a file that a user names is opened. Pipes, devices and directories are not, and no more is read than a limit
/// allows: whatever is named, reading ends.
/// </summary>
public static class UserFile
{
    /// <summary>Enough for any file of ours that is no project's.</summary>
    public const int Most = 64 * 1024 * 1024;

    /// <summary>The bytes of a file, or null where there are more than <paramref name="most"/>.</summary>
    /// <exception cref="IOException">It is no file, or cannot be read; the message says why, without the path.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[]? Read(string path, int most)
    {
        using var stream = Open(path);
        if (stream.Length > most)
            return null;
        // What the system tells of itself says it is empty, and some of it makes its reader wait for ever.
        if (stream.Length == 0 && IsOfTheSystem(RealPath.Of(Path.GetFullPath(path))))
            throw new IOException("it is what the system tells of itself; a file is expected");
        var bytes = new byte[stream.Length];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Rest(stream, most - count) switch
        {
            null => null,
            [] when count == bytes.Length => bytes,
            var rest => [.. bytes.AsSpan(0, count), .. rest],
        };
    }

    // Most files end where they said; one may have grown since, and some never say.
    private static byte[]? Rest(FileStream stream, int most)
    {
        Span<byte> next = stackalloc byte[1];
        if (stream.Read(next) == 0)
            return [];
        using var rest = new MemoryStream();
        rest.Write(next);
        var part = new byte[64 * 1024];
        while (rest.Length <= most && stream.Read(part) is > 0 and var count)
            rest.Write(part, 0, count);
        return rest.Length <= most ? rest.ToArray() : null;
    }

    /// <summary>A file of any size, to be read in parts, in UTF-8 or what its first bytes say.</summary>
    /// <exception cref="IOException">It is no file, or cannot be read; the message says why, without the path.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static StreamReader OpenText(string path) => new(Open(path), bufferSize: 64 * 1024);

    private static FileStream Open(string path) => FileStatus.Of(path) is { Kind: not FileKind.Regular } other
        ? throw new IOException($"it is {other.Words}; a file is expected")
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static bool IsOfTheSystem(string path) =>
        path.StartsWith("/proc/", StringComparison.Ordinal) || path.StartsWith("/sys/", StringComparison.Ordinal);

    /// <summary>The bytes of a file of at most <see cref="Most"/>.</summary>
    /// <exception cref="IOException">As <see cref="Read(string, int)"/>, or it is larger.</exception>
    public static byte[] Read(string path) =>
        Read(path, Most) ?? throw new IOException($"it is larger than {Most / (1024 * 1024)} MiB");

    /// <summary>The text of a file, in UTF-8 or what its first bytes say.</summary>
    /// <exception cref="IOException">As <see cref="Read(string)"/>.</exception>
    public static string ReadText(string path)
    {
        using var reader = new StreamReader(new MemoryStream(Read(path)));
        return reader.ReadToEnd();
    }
}
