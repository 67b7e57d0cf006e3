using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning.Security;

/// <summary>What outputs of stacks are called in the project, before they have a value and where they have one.</summary>
internal sealed class OutputNames(Plan plan)
{
    private const string Groups = ".security_groups.";

    private readonly Dictionary<(NodeId, string), string> _names = plan.Nodes.OfType<PlannedStack>()
        .SelectMany(s => s.Stack.Outputs, (s, o) => (Key: (s.Id, o.Key), Name: Name(s, o)))
        .GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.First().Name);

    private Dictionary<string, string>? _byValue;

    /// <summary><c>bastion.instance</c> for a security group, <c>app/site/alb ▸ dnsname</c> for anything else.</summary>
    public string Of(OutputSource source) => _names.GetValueOrDefault((source.Node, source.Key)) ?? $"{source.Node.Name} ▸ {source.Key}";

    /// <summary>The name of a security group by the id it has; ids of other things say what they are.</summary>
    public string? ByValue(string value) =>
        value.StartsWith("sg-", StringComparison.Ordinal) ? (_byValue ??= Deployed()).GetValueOrDefault(value) : null;

    /// <summary>An account's number, as the ARN of any stack deployed there says it.</summary>
    public string? AccountId(string account) =>
        plan.Deployed.FirstOrDefault(d => d.Key.Place.Account == account).Value?.StackId.Split(':') is [_, _, _, _, { Length: 12 } id, ..]
            ? id
            : null;

    private Dictionary<string, string> Deployed()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ((node, key), name) in _names)
        {
            if (plan.Deployed.GetValueOrDefault(node)?.Outputs.GetValueOrDefault(key) is { } value)
                found[value] = name;
        }
        return found;
    }

    private static string Name(PlannedStack stack, OfferedOutput output)
    {
        var path = output.Refs.MaxBy(r => r.Length) ?? output.Key;
        var last = new ObjectPath(path).Last;
        return path.IndexOf(Groups, StringComparison.Ordinal) is > 0 and var at && last == "id"
            ? path[(at + Groups.Length)..^3]
            : $"{stack.Node.Title} ▸ {last}";
    }
}
