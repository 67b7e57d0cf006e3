using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Syntax;

namespace Paco.Resources.Asg;

/// <summary>Packages by the tool that installs them.</summary>
public sealed class CfnPackages(Fields f) : Model(f)
{
    private static readonly string[] ByUrl = ["rpm", "msi"];

    private readonly ImmutableArray<(string Tool, Node? Packages)> _tools =
    [
        ("rpm", f.Raw("rpm", "Packages with the address or path each is installed from.")),
        ("msi", f.Raw("msi", "Packages with the address or path each is installed from.")),
        ("apt", f.Raw("apt", "Packages with their versions; an empty list is the newest.")),
        ("yum", f.Raw("yum", "Packages with their versions; an empty list is the newest. Also where the system has dnf.")),
        ("zypper", f.Raw("zypper", "Packages with their versions; an empty list is the newest.")),
        ("rubygems", f.Raw("rubygems", "Packages with their versions; an empty list is the newest.")),
        ("python", f.Raw("python", "Packages with their versions; an empty list is the newest.")),
    ];

    protected internal override void Rules(Fields f)
    {
        foreach (var (tool, packages) in _tools.Where(t => t.Packages is not null))
        {
            if (packages is not MapNode map)
                f.Report(BindingCodes.WrongType, packages!.Location, $"\"{tool}\" takes packages by name, got {packages.Kind}");
            else
                CheckPackages(f, tool, map);
        }
    }

    /// <summary>It installs a package of that name, by whatever tool.</summary>
    internal bool Has(string package) => _tools.Any(t => t.Packages is MapNode map && map[package] is not null);

    internal MapValue ToValue() => MapValue.Of(_tools, t => t.Tool, t => t.Packages is MapNode map ? TemplateReader.FromNode(map) : null);

    private static void CheckPackages(Fields f, string tool, MapNode map)
    {
        foreach (var entry in map.Entries)
        {
            var fits = ByUrl.Contains(tool)
                ? entry.Value is ScalarNode { Tag: null, IsNull: false, Value.Length: > 0 }
                : entry.Value is ListNode list && list.Items.All(i => i is ScalarNode { Tag: null, IsNull: false });
            if (!fits)
            {
                f.Report(BindingCodes.BadValue, entry.Value.Location, ByUrl.Contains(tool)
                    ? $"the package \"{entry.Key}\" needs an address or a path"
                    : $"the package \"{entry.Key}\" takes a list of versions", ByUrl.Contains(tool) ? null : "[] is the newest");
            }
        }
    }
}
