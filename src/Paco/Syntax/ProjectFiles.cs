using System.Text;
using Paco.Diagnostics;

namespace Paco.Syntax;

/// <summary>
/// Reads the files below a project's directory. Directories and file stems are found whatever their case; files are read
/// once. A file that cannot be read is a mistake in the bag, never an exception.
/// </summary>
public sealed class ProjectFiles(string home, DiagnosticBag bag)
{
    public const int MaxBytes = 8 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Characters; below that nobody pays for a second thread.
    private const int WorthAThread = 200_000;

    private readonly Dictionary<string, SourceFile?> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Lazy<Parsed>> _ahead = new(StringComparer.Ordinal);
    private readonly Lazy<string> _realHome = new(() => RealPath.Of(Path.GetFullPath(home)));

    /// <summary>The project's directory, absolute.</summary>
    public string Home { get; } = Path.GetFullPath(home);

    /// <summary>What really lies outside the project is not read: <c>strict_files</c> of project.yaml.</summary>
    public bool IsStrict { get; set; }

    /// <summary>
    /// The YAML files of a directory, whatever the case of its name: stem and path, in order of their stems. Missing directory: none.
    /// </summary>
    public IReadOnlyList<(string Stem, string Path)> YamlFiles(params string[] directoryNames)
    {
        try
        {
            return
            [
                .. Directory.EnumerateDirectories(Home)
                    .Where(d => directoryNames.Contains(Path.GetFileName(d), StringComparer.OrdinalIgnoreCase))
                    .SelectMany(Directory.EnumerateFileSystemEntries)
                    .Where(f => Path.GetExtension(f) is ".yaml" or ".yml")
                    .Select(f => (Stem: Path.GetFileNameWithoutExtension(f), Path: f))
                    .OrderBy(f => f.Stem, StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(SyntaxCodes.Unreadable, Location.None, $"{Home} cannot be listed: {e.Message}");
            return [];
        }
    }

    /// <summary>A file of the project's own directory by name, whatever its case, or null.</summary>
    public string? TopFile(string name)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Home)
                .FirstOrDefault(f => string.Equals(Path.GetFileName(f), name, StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(SyntaxCodes.Unreadable, Location.None, $"{Home} cannot be listed: {e.Message}");
            return null;
        }
    }

    /// <summary>
    /// The nodes of a YAML file, those that are broken among them; null where it is empty or cannot be read (the bag says which).
    /// </summary>
    public Node? ReadYaml(string path, Location namedAt = default)
    {
        if (Read(path, namedAt) is not { } file)
            return null;
        if (!_ahead.Remove(path, out var ahead))
            return YamlRecovery.Read(file, bag);
        bag.Add(ahead.Value.Mistakes);
        return ahead.Value.Root;
    }

    /// <summary>
    /// Begins to parse files that will be read one after the other, on a core of its own where it is much: what reads them meanwhile does
    /// something else with those that are done. What is wrong with one is told when it is read.
    /// </summary>
    public void ParseAhead(IEnumerable<string> paths)
    {
        var files = paths.Select(path => (Path: path, File: Read(path)!)).Where(f => f.File is not null).ToList();
        if (files.Count < 2 || files.Sum(f => f.File.Text.Length) < WorthAThread)
            return;
        foreach (var (path, file) in files)
            _ahead[path] = new Lazy<Parsed>(() => Parsed.Of(file));
        var inOrder = files.ConvertAll(f => _ahead[f.Path]);
        // Not on several: the parser's pools are shared, and two threads are slower in them than one.
        Task.Run(() => inOrder.ForEach(each => _ = each.Value));
    }

    /// <summary>
    /// A file's text, or null where it cannot be read, may not be, or is no text (the bag says why).
    /// </summary>
    /// <param name="namedAt">Where another file names it.</param>
    public SourceFile? Read(string path, Location namedAt = default)
    {
        if (!_read.TryGetValue(path, out var file))
            _read[path] = file = ReadOnce(path, namedAt);
        return file is null || MayRead(path, file, namedAt) ? file : null;
    }

    // A path in YAML, or a link below the project, may lead to what is nobody else's business: keys in a home directory, for one.
    private bool MayRead(string path, SourceFile file, Location namedAt)
    {
        var real = RealPath.Of(path);
        if (Path.GetRelativePath(_realHome.Value, real) is var relative && relative != ".." && !Path.IsPathRooted(relative)
            && !relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        {
            return true;
        }
        var (code, hint) = IsStrict
            ? (SyntaxCodes.OutsideRefused, "bring it into the project, or take strict_files out of project.yaml")
            : (SyntaxCodes.Outside, "whoever deploys this needs the same file there; strict_files: true in project.yaml refuses it");
        bag.Add(code, namedAt.IsNone ? Location.Of(file) : namedAt,
            real == path ? $"{real} is outside the project" : $"{file.Path} leads to {real}, outside the project", hint);
        return !IsStrict;
    }

    /// <summary>The path as shown to people: relative to the project, forward slashes.</summary>
    public string Shown(string path)
    {
        var relative = Path.GetRelativePath(Home, path);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? path : relative).Replace('\\', '/');
    }

    /// <summary>
    /// The absolute path behind one that is written in a file of <paramref name="folder"/>, or null where no path can be meant.
    /// </summary>
    public string? Resolve(string folder, string written)
    {
        if (written.Length == 0 || written.Contains('\0', StringComparison.Ordinal))
            return null;
        return written.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), written[2..])
            : Path.GetFullPath(Path.Combine(Home, folder, written));
    }

    /// <summary>A file next to a missing one whose name is like it.</summary>
    public string? Similar(string path)
    {
        try
        {
            return Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder)
                ? Spelling.DidYouMean(Path.GetFileName(path), Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Take(1000))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{Shown(Path.GetDirectoryName(path)!)} cannot be listed";
        }
    }

    private SourceFile? ReadOnce(string path, Location namedAt)
    {
        var shown = new SourceFile(Shown(path), "");
        var place = namedAt.IsNone ? Location.Of(shown) : namedAt;
        try
        {
            if (FileStatus.Of(path) is { Kind: not FileKind.Regular } other)
            {
                bag.Add(SyntaxCodes.Unreadable, place, $"{shown.Path} is {other.Words}; a file is expected");
            }
            else if (UserFile.Read(path, MaxBytes) is not { } bytes)
            {
                bag.Add(SyntaxCodes.TooLarge, place, $"{shown.Path} is larger than {MaxBytes / (1024 * 1024)} MiB");
            }
            else if (bytes.AsSpan().IndexOf((byte)0) is >= 0 and var zero)
            {
                bag.Add(SyntaxCodes.NotText, place, $"{shown.Path} is not UTF-8 text (byte {zero:N0} is zero)",
                    "save it as UTF-8");
            }
            else
            {
                return new SourceFile(shown.Path, Decode(bytes));
            }
        }
        catch (DecoderFallbackException e)
        {
            bag.Add(SyntaxCodes.NotText, place, $"{shown.Path} is not UTF-8 text (byte {e.Index:N0})", "save it as UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(SyntaxCodes.Unreadable, place, $"{shown.Path} cannot be read: {FileTrouble.Why(e, path)}");
        }
        return null;
    }

    private static string Decode(byte[] bytes)
    {
        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        return Strict.GetString(bytes, start, bytes.Length - start);
    }

    private sealed record Parsed(Node? Root, DiagnosticBag Mistakes)
    {
        public static Parsed Of(SourceFile file)
        {
            var mistakes = new DiagnosticBag();
            return new(YamlRecovery.Read(file, mistakes), mistakes);
        }
    }
}
