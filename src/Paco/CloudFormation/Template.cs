using System.Collections.Immutable;
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
    public MapValue ToValue() => new()
    {
        ["AWSTemplateFormatVersion"] = "2010-09-09",
        ["Description"] = Value.Of(Description),
        ["Metadata"] = Metadata,
        ["Parameters"] = Section(Parameters, p => p.Name, p => p.ToValue()),
        ["Resources"] = Section(Resources, r => r.LogicalId, r => r.ToValue()),
        ["Outputs"] = Section(Outputs, o => o.Key, o => new MapValue { ["Value"] = o.Value }),
    };

    private static MapValue? Section<T>(ImmutableArray<T> items, Func<T, string> name, Func<T, Value> value)
    {
        if (items.IsEmpty)
            return null;
        var map = new MapValue();
        foreach (var item in items)
            map.Add(name(item), value(item));
        return map;
    }
}

/// <summary>A parameter's declaration. Types are CloudFormation's (<c>String</c>, <c>List&lt;AWS::EC2::Subnet::Id&gt;</c>).</summary>
public sealed record TemplateParameter(string Name, string Type)
{
    public string? Description { get; init; }

    /// <summary>Its value is masked wherever AWS shows it.</summary>
    public bool NoEcho { get; init; }

    internal MapValue ToValue() => new()
    {
        ["Type"] = Type,
        ["Description"] = Value.Of(Description),
        ["NoEcho"] = NoEcho ? true : null,
    };
}

public sealed record TemplateOutput(string Key, Value Value);

/// <summary>What becomes of a resource that leaves the template or is replaced.</summary>
public enum DeletionPolicy
{
    Delete,
    Retain,
    Snapshot,
}

public sealed record Resource(string LogicalId, string Type, MapValue Properties)
{
    public ImmutableArray<string> DependsOn { get; init; } = [];

    public DeletionPolicy? DeletionPolicy { get; init; }

    public DeletionPolicy? UpdateReplacePolicy { get; init; }

    public MapValue? Metadata { get; init; }

    public MapValue? UpdatePolicy { get; init; }

    public MapValue? CreationPolicy { get; init; }

    /// <summary>The place in the project's files that made it.</summary>
    public Location Source { get; init; }

    internal MapValue ToValue() => new()
    {
        ["Type"] = Type,
        ["DependsOn"] = Value.OfMany(DependsOn),
        ["DeletionPolicy"] = Value.Of(DeletionPolicy?.ToString()),
        ["UpdateReplacePolicy"] = Value.Of(UpdateReplacePolicy?.ToString()),
        ["Metadata"] = Metadata,
        ["CreationPolicy"] = CreationPolicy,
        ["UpdatePolicy"] = UpdatePolicy,
        ["Properties"] = Properties.Count == 0 ? null : Properties,
    };
}
