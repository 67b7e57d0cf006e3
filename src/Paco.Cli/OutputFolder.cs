using System.Buffers;
using Paco.Syntax;

namespace Paco.Cli;

/// <summary>The folder of <c>--out</c>.</summary>
internal sealed class OutputFolder(Terminal terminal, string directory)
{
    private readonly string _path = terminal.FullPath(directory);

    // Where files were written, and whether the folder is new.
    private readonly Dictionary<string, bool> _folders = new(StringComparer.Ordinal);

    /// <summary>Writes a file, and the folders it lies in. One that is there with this content is left alone.</summary>
    /// <param name="path">Relative to the folder.</param>
    /// <exception cref="CommandError">It cannot be written.</exception>
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            var (file, isInNewFolder) = FileAt(path);
            if (isInNewFolder || !IsThere(file, content))
                Put(file, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, e);
        }
    }

    /// <summary>Writes a file that is too large to be held as a whole, whatever is there.</summary>
    /// <exception cref="CommandError">It cannot be written.</exception>
    public void Write(string path, Action<Stream> write)
    {
        try
        {
            var (file, _) = FileAt(path);
            using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
            write(stream);
            stream.SetLength(stream.Position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, e);
        }
    }

    // With the folder it lies in. In one that is made for it there is nothing yet.
    private (string File, bool IsInNewFolder) FileAt(string path)
    {
        var file = Path.Combine(_path, path);
        var folder = Path.GetDirectoryName(file)!;
        if (!_folders.TryGetValue(folder, out var isNew))
        {
            isNew = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            _folders.Add(folder, isNew);
        }
        return (file, isNew);
    }

    private static bool IsThere(string file, ReadOnlySpan<byte> content)
    {
        if (!File.Exists(file))
            return false;
        using var there = File.OpenHandle(file);
        if (RandomAccess.GetLength(there) != content.Length)
            return false;
        var bytes = ArrayPool<byte>.Shared.Rent(content.Length);
        try
        {
            return RandomAccess.Read(there, bytes.AsSpan(0, content.Length), 0) == content.Length
                && content.SequenceEqual(bytes.AsSpan(0, content.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // Nothing is emptied before it is written, not even what is new: ext4 brings a file that was to the disk when it is closed
    // (auto_da_alloc), which for thousands of them is a tenth of the time.
    private static void Put(string path, ReadOnlySpan<byte> content)
    {
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.Write(file, content, 0);
        if (RandomAccess.GetLength(file) > content.Length)
            RandomAccess.SetLength(file, content.Length);
    }

    private CommandError Refused(string path, Exception e) =>
        new($"{Path.Combine(directory, path)} cannot be written: {FileTrouble.Why(e, Path.Combine(_path, path))}");
}
