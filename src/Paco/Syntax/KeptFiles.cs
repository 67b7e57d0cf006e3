using System.Security.Cryptography;
using System.Text.Json;

namespace Paco.Syntax;

/// <summary>
/// Files that are kept between commands in a folder of the user, readable by nobody else from their first byte. A link, a file of somebody
/// else, a folder others may write to: none of them is used, and nobody fails for it, since all that is kept here can be had again.
/// </summary>
/// <param name="root">The first folder that is ours, such as <c>~/.aws</c>; null where there is none, and nothing is kept.</param>
/// <param name="below">The folders from there to the files.</param>
public sealed class KeptFiles(string? root, params string[] below)
{
    private const int Most = 1024 * 1024;

    /// <summary>The user's home directory, or null where nobody says.</summary>
    public static string? Home(Func<string, string?> environment) =>
        HomeFolder.Of(environment) is var home && System.IO.Path.IsPathFullyQualified(home) ? home : null;

    /// <summary>The files of AWS's own tools, below <c>~/.aws</c>.</summary>
    public static KeptFiles OfAws(Func<string, string?> environment, params string[] below) =>
        new(Home(environment) is { } home ? System.IO.Path.Combine(home, ".aws") : null, below);

    /// <summary>The bytes of a file, or null where there is none to be used.</summary>
    public byte[]? Read(string name)
    {
        try
        {
            return Path(name) is { } path && FileStatus.OfLink(path) is not null && PrivateFile.Claim(path) is null
                ? UserFile.Read(path, Most)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    public void Write(string name, Action<Utf8JsonWriter> write)
    {
        try
        {
            if (Path(name) is { } path && IsOurs(path))
                Replace(path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next command does without.
        }
    }

    private string? Path(string name) => root is null ? null : System.IO.Path.Combine([root, .. below, name]);

    // All the way from the root: in a folder that others may write to they put what they like.
    private bool IsOurs(string path)
    {
        var folder = root!;
        // A new user has no cache yet. A home directory that is not there is nobody's to make.
        if (System.IO.Path.GetDirectoryName(folder) is { } parent && !Directory.Exists(parent)
            && (!Directory.Exists(System.IO.Path.GetDirectoryName(parent)) || PrivateFile.ClaimFolder(parent) is not null))
        {
            return false;
        }
        foreach (var part in below.Prepend(""))
        {
            folder = System.IO.Path.Combine(folder, part);
            if (PrivateFile.ClaimFolder(folder.TrimEnd(System.IO.Path.DirectorySeparatorChar)) is not null)
                return false;
        }
        return PrivateFile.Claim(path) is null;
    }

    // Never through a link: the name is taken over by a file that was private when it was empty.
    private static void Replace(string path, Action<Utf8JsonWriter> write)
    {
        var part = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        try
        {
            using (var file = PrivateFile.Create(part))
            using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }))
                write(json);
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
