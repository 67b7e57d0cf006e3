using System.Collections.Immutable;
using Paco.Binding;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>
/// Files below <c>resource/</c> and <c>service/</c> that are only read: what in them references may name. So a reference to something
/// that comes later is told from one that leads nowhere.
/// </summary>
internal sealed class NotBuiltFiles(BindContext context)
{
    // Where the objects of a file stand in it; * is any name.
    private static readonly Dictionary<string, (string Way, string Kind)> Objects = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cloudtrail"] = ("trails.*", "CloudTrail"),
        ["s3"] = ("buckets.*", "S3Bucket"),
        ["config"] = ("config", "Config"),
        ["cloudwatch"] = ("*", "CloudWatch"),
    };

    // What is wrong with their form is for the version that builds them.
    private readonly BindContext _quiet = context with { Bag = new Diagnostics.DiagnosticBag() };

    public static IEnumerable<string> Stems => Objects.Keys;

    /// <summary>Enters the objects of a file below <c>resource/</c>; of one that is broken all that may be in it.</summary>
    public void AddGlobal(string stem, Node file)
    {
        var (way, kind) = Objects[stem];
        ObjectPath root = $"resource.{stem.ToLowerInvariant()}";
        if (!file.IsWhole)
        {
            Add(root, stem, file, kind);
            return;
        }
        foreach (var (path, name, node) in At(root, stem, file, [.. way.Split('.')]))
            Add(path, name, node, kind);
    }

    /// <summary>Enters a file below <c>service/</c>, as a whole: what an add-on offers only the add-on knows.</summary>
    public void AddService(string stem) => Add($"service.{stem}", stem, null, "service");

    private void Add(ObjectPath path, string name, Node? node, string kind) =>
        context.Index.Add(new NotBuiltObject(new Fields(node, name, path, null, _quiet), kind));

    private static IEnumerable<(ObjectPath Path, string Name, Node Node)> At(ObjectPath path, string name, Node node,
        ImmutableArray<string> way) => way switch
    {
        [] => [(path, name, node)],
        [var step, .. var rest] when node is MapNode map => map.Entries.Where(e => step == "*" || e.Key == step)
            .SelectMany(e => At(path.Below(e.Key), e.Key, e.Value, rest)),
        _ => [],
    };

    private sealed class NotBuiltObject(Fields f, string kind) : Model(f)
    {
        public override string Kind => kind;

        public override Knowledge Knowledge => Knowledge.NotBuiltYet;
    }
}
