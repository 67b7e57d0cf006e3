using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Rds;

/// <summary>Settings of an engine. It stays as it is while disabled: databases may hold on to it.</summary>
public abstract class ParameterGroup(Fields f) : AppResource(f, WhenDisabled.Kept)
{
    private static readonly Check KnownFamily =
        Check.Matching("a parameter group family such as mysql8.4 or postgres17", "^[A-Za-z][A-Za-z0-9.-]*[0-9]$");

    public string? Description { get; } = f.Text("description", "What it is for; the stack's name where not given. A change replaces it.");

    public string Family { get; } =
        f.RequiredText("family", "The engine and major line it is for: mysql8.4, aurora-postgresql17. A change replaces it.", KnownFamily);

    public ImmutableArray<KeyValuePair<string, string>> Parameters { get; } =
        f.TextMap("parameters", "The settings that differ from the engine's defaults.");

    /// <summary>What it is called in CloudFormation: type, logical id, output and suffix of the stack.</summary>
    internal abstract string ResourceName { get; }

    protected internal override void Build(BuildScope scope)
    {
        var stack = scope.Stack(this, ResourceName);
        stack.Resource(ResourceName, $"AWS::RDS::{ResourceName}", new MapValue
        {
            ["Description"] = Value.Of(Description) ?? Fn.StackName,
            ["Family"] = Family,
            ["Parameters"] = ParameterMap(),
        });
        stack.Output($"{ResourceName}Name", Fn.Ref(ResourceName), Path, $"{Path}.name");
    }

    // A cluster's group must have the map, even an empty one.
    private MapValue? ParameterMap()
    {
        var map = MapValue.Of(Parameters, p => p.Key, p => p.Value);
        return map.Count == 0 && ResourceName == "DBParameterGroup" ? null : map;
    }
}
