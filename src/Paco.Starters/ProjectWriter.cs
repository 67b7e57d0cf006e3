using Paco.Syntax;

namespace Paco.Starters;

/// <summary>A new project could not be written; the message says why, and nothing of it is left.</summary>
public sealed class ProjectWriteException : Exception
{
    internal ProjectWriteException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>Writes the files of a new project: all of them, or none.</summary>
public static class ProjectWriter
{
    /// <summary>Writes the files into a directory that does not exist so far, or is empty.</summary>
    /// <exception cref="ProjectWriteException">The directory is in use, or the disk does not take the files.</exception>
    public static void Write(IReadOnlyList<GeneratedFile> files, string directory)
    {
        ArgumentNullException.ThrowIfNull(files);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var parts = $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}";
        var partial = Path.Combine(Path.GetDirectoryName(target) ?? target, parts);
        try
        {
            RefuseUsed(target);
            WriteAll(files, partial);
            Publish(partial, target);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ProjectWriteException($"The project cannot be written to {target}: {FileTrouble.Why(problem, target)}", problem);
        }
        finally
        {
            Remove(partial);
        }
    }

    private static void RefuseUsed(string target)
    {
        if (File.Exists(target))
        {
            throw new ProjectWriteException($"{target} is a file. Name a directory that does not exist, or is empty.");
        }

        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            throw new ProjectWriteException($"{target} is not empty. Name a directory that does not exist, or is empty.");
        }
    }

    private static void WriteAll(IReadOnlyList<GeneratedFile> files, string partial)
    {
        foreach (var file in files)
        {
            var path = Path.GetFullPath(Path.Combine(partial, file.Path));
            if (!path.StartsWith(partial + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new ArgumentException($"The file {file.Path} is outside of the project.", nameof(files));
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }
    }

    // A rename within one directory: the project is there whole, or not at all.
    private static void Publish(string partial, string target)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target);
        }

        Directory.Move(partial, target);
    }

    private static void Remove(string partial)
    {
        try
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // What stopped the writing is already on its way to the user and says more than this would.
        }
    }
}
