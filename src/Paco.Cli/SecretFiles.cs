using System.Text;
using Paco.Diagnostics;
using Paco.Planning;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Cli;

/// <summary>
/// Files of their own for what is shown once. Each is whole or not there, readable by its owner alone from the first byte, and never
/// written over or through what stands there already.
/// </summary>
internal sealed class SecretFiles : ISecretSink
{
    // A key is some thousand bytes; what is larger, or no plain file, is something else.
    private const int Largest = 64 * 1024;

    // Devices of Windows, whatever follows after a dot. A key may be called so, and its file is called the same on every system.
    private static readonly HashSet<string> Devices = new(
        [
            "CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => (string[])[$"COM{n}", $"LPT{n}"]),
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly string _directory;

    private SecretFiles(string directory) => _directory = directory;

    /// <summary>Makes sure, before anything is made, that everything the plan reveals will find its place.</summary>
    public static SecretFiles Prepare(string directory, Plan plan)
    {
        var files = new SecretFiles(directory);
        var secrets = plan.Reveals.ToList();
        try
        {
            files.MakeDirectory();
            files.RefuseSameName(secrets);
            secrets.ForEach(files.Reserve);
            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandError($"{directory} cannot be written: {FileTrouble.Why(e, directory)}", "nothing was changed");
        }
    }

    /// <summary>Where a secret is, or will be. Names of keys may hold what no file's name does.</summary>
    public string PathOf(string fileName) => Path.Combine(_directory, NameOf(fileName));

    internal static string NameOf(string fileName)
    {
        var name = string.Concat(fileName.Select(c => char.IsAsciiLetterOrDigit(c) || "-_.@+=".Contains(c, StringComparison.Ordinal)
            ? c
            : '_'));
        name = name[0] is '.' or '-' ? $"_{name[1..]}" : name;
        return Devices.Contains(name.Split('.')[0]) ? $"_{name}" : name;
    }

    /// <inheritdoc />
    public void Keep(Reveal reveal)
    {
        var path = PathOf(reveal.FileName);
        using (var part = New(PartOf(path)))
        {
            part.Write(Encoding.UTF8.GetBytes(reveal.Value.Reveal()));
            part.Flush(flushToDisk: true);
        }
        File.Move(PartOf(path), path, overwrite: false);
    }

    /// <inheritdoc />
    public Secret? Find(string fileName, Func<string, bool> isIt)
    {
        var file = new FileInfo(PathOf(fileName));
        return file is { LinkTarget: null, Exists: true, Length: > 0 and <= Largest } && File.ReadAllText(file.FullName) is var text
            && isIt(text) ? new Secret(text) : null;
    }

    private void MakeDirectory()
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(_directory))
            Directory.CreateDirectory(_directory);
        else
            Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void RefuseSameName(IEnumerable<PlannedSecret> secrets)
    {
        // Some file systems do not tell large letters from small ones.
        var same = secrets.GroupBy(s => PathOf(s.FileName), StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (same is not null)
        {
            throw new CommandError(
                $"{string.Join(" and ", same.Select(s => $"{s.Node.Node.Title} ({s.Node.Id.Place})"))} would be written into one file, {same.Key}: nothing was changed",
                $"provision them one after the other, each with a --secrets-dir of its own, beginning with the scope {same.First().Node.Node.Ref}");
        }
    }

    private void Reserve(PlannedSecret secret)
    {
        var path = PathOf(secret.FileName);
        var isThere = new FileInfo(path) is { Exists: true } or { LinkTarget: not null } || Directory.Exists(path);
        // What a run wrote that was ended right after is there, and right.
        if (isThere && Find(secret.FileName, secret.IsIt) is null)
        {
            throw new CommandError($"{path} is there already, and {secret.Node.Node.Title} needs that place: nothing was changed",
                "move it away, or name another directory with --secrets-dir");
        }
        File.Delete(PartOf(path));
        New(PartOf(path)).Dispose();
        File.Delete(PartOf(path));
    }

    // It follows no link: what has that name already is refused.
    private static FileStream New(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static string PartOf(string path) => $"{path}.part";
}
