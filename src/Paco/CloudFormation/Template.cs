using System.Collections.Immutable;
using Paco.CloudFormation.Types;
using Paco.Diagnostics;

namespace Paco.CloudFormation;

/// <summary>A CloudFormation template, in the order it is written.</summary>
public sealed record Template
{
    public string? Description { get; init; }

    public MapValue? Metadata { get; init; }

    public ImmutableArray<TemplateParameter> Parameters { get; init; } = [];

    public ImmutableArray<Resource> Resources { get; init; } = [];

    public ImmutableArray<TemplateOutput> Outputs { get; init; } = [];

    public Resource? Find(string logicalId) => Resources.FirstOrDefault(r => r.LogicalId == logicalId);

    /// <summary>The whole template as one value, as it is written to a file.</summary>
    public MapValue ToValue() => Head().With(new MapValue
    {
        ["Parameters"] = MapValue.Of(Parameters, p => p.Name, p => p.ToValue()).OrNothing,
        ["Resources"] = MapValue.Of(Resources, r => r.LogicalId, r => r.ToValue()).OrNothing,
        ["Outputs"] = MapValue.Of(Outputs, o => o.Key, o => o.ToValue()).OrNothing,
    });

    // What stands before what is declared.
    internal MapValue Head() => new()
    {
        ["AWSTemplateFormatVersion"] = "2010-09-09",
        ["Description"] = Value.Of(Description),
        ["Metadata"] = Metadata,
    };
}

/// <summary>A parameter's declaration. Types are CloudFormation's (<c>String</c>, <c>List&lt;AWS::EC2::Subnet::Id&gt;</c>).</summary>
public sealed record TemplateParameter(string Name, string Type)
{
    public string? Description { get; init; }

    /// <summary>Its value is masked wherever AWS shows it.</summary>
    public bool NoEcho { get; init; }

    internal MapValue ToValue() => MapValue.Of(Say);

    // What is said of it, in the order it is written.
    internal void Say(Action<string, Value?> entry)
    {
        entry("Type", Type);
        entry("Description", Value.Of(Description));
        entry("NoEcho", NoEcho ? true : null);
    }
}

public sealed record TemplateOutput(string Key, Value Value)
{
    internal MapValue ToValue() => MapValue.Of(Say);

    internal void Say(Action<string, Value?> entry) => entry("Value", Value);
}

/// <summary>What becomes of a resource that leaves the template or is replaced.</summary>
public enum DeletionPolicy
{
    Delete,
    Retain,
    Snapshot,
}

public sealed record Resource(string LogicalId, string Type, MapValue Properties)
{
    /// <summary>
    /// Key of the metadata of what its stack retains: what becomes of it when its stack is deleted, which <c>DeletionPolicy</c> cannot say.
    /// </summary>
    public const string OnDeleteKey = "Paco::OnDelete";

    /// <summary>Value of <see cref="OnDeleteKey"/>: it is emptied and deleted.</summary>
    public const string Emptied = "empty";

    /// <summary>What a template has that would otherwise have no resource, which CloudFormation does not take. It is nothing.</summary>
    public static readonly Resource Placeholder = new("EmptyTemplatePlaceholder", "AWS::CloudFormation::WaitConditionHandle", []);

    public ImmutableArray<string> DependsOn { get; init; } = [];

    public DeletionPolicy? DeletionPolicy { get; init; }

    public DeletionPolicy? UpdateReplacePolicy { get; init; }

    public MapValue? Metadata { get; init; }

    public MapValue? UpdatePolicy { get; init; }

    public MapValue? CreationPolicy { get; init; }

    /// <summary>The place in the project's files that made it.</summary>
    public Location Source { get; init; }

    /// <summary>
    /// Its logical id ends in its place in a list, and nothing refers to it: where the list changes, one that is deployed keeps its id.
    /// </summary>
    public bool IsNumbered { get; init; }

    /// <summary>What the metadata of a retained resource says of the deletion of its stack.</summary>
    internal static bool IsEmptiedOnDelete(MapValue? metadata) => metadata?[OnDeleteKey] is TextValue { Text: Emptied };

    /// <summary>It holds what cannot be made again.</summary>
    internal bool HoldsData => ResourceFacts.Of(Type).HoldsDataWith(Properties);

    /// <summary>A resource of a deployed template, or null where that says something of it which ours never do.</summary>
    internal static Resource? Read(string logicalId, MapValue value)
    {
        if (value["Type"] is not TextValue type || value.Any(e => !Attributes.Contains(e.Key))
            || !Policy(value["DeletionPolicy"], out var deletion) || !Policy(value["UpdateReplacePolicy"], out var replace))
        {
            return null;
        }
        return new Resource(logicalId, type.Text, value["Properties"] as MapValue ?? [])
        {
            DependsOn = value["DependsOn"] switch
            {
                TextValue one => [one.Text],
                ListValue many => [.. many.Items.OfType<TextValue>().Select(t => t.Text)],
                _ => [],
            },
            DeletionPolicy = deletion,
            UpdateReplacePolicy = replace,
            Metadata = value["Metadata"] as MapValue,
            CreationPolicy = value["CreationPolicy"] as MapValue,
            UpdatePolicy = value["UpdatePolicy"] as MapValue,
        };
    }

    private static readonly ImmutableArray<string> Attributes =
        ["Type", "Properties", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "Metadata", "CreationPolicy", "UpdatePolicy"];

    private static bool Policy(Value? value, out DeletionPolicy? policy)
    {
        policy = value is TextValue { Text: var text } && Enum.TryParse<DeletionPolicy>(text, out var known) ? known : null;
        return value is null || policy is not null;
    }

    internal MapValue ToValue() => MapValue.Of(Say);

    internal void Say(Action<string, Value?> entry)
    {
        entry("Type", Type);
        entry("DependsOn", DependsOn.IsEmpty ? null : Value.OfMany(DependsOn));
        entry("DeletionPolicy", Value.Of(DeletionPolicy?.ToString()));
        entry("UpdateReplacePolicy", Value.Of(UpdateReplacePolicy?.ToString()));
        entry("Metadata", Metadata);
        entry("CreationPolicy", CreationPolicy);
        entry("UpdatePolicy", UpdatePolicy);
        entry("Properties", Properties.OrNothing);
    }
}
