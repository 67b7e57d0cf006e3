using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>
/// Who writes into the buckets of a scope from outside of it. What they ask is part of a bucket's one policy: left out because nobody read
/// it, the next run would take it away.
/// </summary>
internal sealed partial class ProjectReader
{
    // They name a bucket by its whole path, so the text of a file tells whether it is worth reading; that it says so in a comment costs
    // time and nothing else. An imported file and an alias speak for those who use them.
    private void ReadBucketUsers(ObjectPath scope)
    {
        var ways = _context.Index.Objects.Values.Where(m => m is IBucket && scope.Covers(m.Path)).Select(m => Way(m.Path))
            .ToHashSet();
        if (ways.Count == 0)
            return;
        var files = new ProjectFiles(_files.Home, new DiagnosticBag());
        var texts = _netenvs.Select(file => (file.Stem, Text: files.Read(file.Path)?.Text ?? "")).ToList();
        var byAlias = files.YamlFiles("alias").Any(file => Names(files.Read(file.Path)?.Text ?? ""));
        var direct = texts.Where(t => Names(t.Text)).Select(t => t.Stem).ToHashSet();
        foreach (var (stem, text) in texts)
        {
            if (direct.Contains(stem) || (direct.Count > 0 && text.Contains("import_from", StringComparison.Ordinal))
                || (byAlias && text.Contains("paco.ref alias.", StringComparison.Ordinal)))
            {
                ReadAll(stem);
            }
        }

        bool Names(string text) => ways.Any(way => text.Contains(way, StringComparison.Ordinal));
    }

    private void ReadAll(string netenv)
    {
        if (Netenv(netenv) is { } file)
            Read(file, [.. file.Unread]);
    }

    // What a reference from outside of its environment, or of the file it stands in, begins with.
    private static string Way(ObjectPath bucket) => bucket.Environment is { } environment
        ? $"netenv.{environment.NetworkEnvironment}.{environment.Name}."
        : $"{bucket.Parent}.";
}
