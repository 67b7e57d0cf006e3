using Paco.Sandbox.Stacks;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Parameters whose values an update changes, and which properties change only for that.</summary>
internal sealed class ParameterChanges(StackDefinition deployed, StackScope wanted)
{
    private readonly Lazy<Template> _before = new(() => Template.Parse(deployed.Text));

    private readonly HashSet<string> _changed =
    [
        .. from now in wanted.Definition.Parameters
           join was in deployed.Parameters on now.Key equals was.Key
           where (now.Value, now.Resolved) != (was.Value, was.Resolved)
           select now.Key,
    ];

    /// <summary>The parameters that change a property whose text in the template stays; none where the template itself changes.</summary>
    /// <param name="path"><c>Listeners/0/Port</c></param>
    public List<string> Causes(string logical, string path)
    {
        if (_changed.Count == 0)
        {
            return [];
        }

        var property = path.Split('/')[0];
        var now = wanted.Template.Resource(logical)["Properties"]?[property];
        return Json.Same(_before.Value.Resources[logical]?["Properties"]?[property], now)
            ? [.. Intrinsics.Mentions(now).Select(m => m.Name).Distinct().Where(_changed.Contains)]
            : [];
    }
}
