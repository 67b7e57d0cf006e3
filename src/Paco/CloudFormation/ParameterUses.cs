using System.Collections.Immutable;

namespace Paco.CloudFormation;

/// <summary>A property of a resource.</summary>
/// <param name="Path"><c>Listeners[0].Port</c></param>
public readonly record struct PropertyPlace(string LogicalId, string Path);

/// <summary>Which properties of a template a parameter feeds, as a whole or as a part of them.</summary>
internal static class ParameterUses
{
    /// <param name="resources">The resources of a template by logical id.</param>
    public static ImmutableArray<PropertyPlace> Of(MapValue resources, string parameter) =>
    [
        .. from resource in resources
           from path in In((resource.Value as MapValue)?["Properties"], "", parameter)
           select new PropertyPlace(resource.Key, path),
    ];

    private static IEnumerable<string> In(Value? value, string path, string parameter) => value switch
    {
        MapValue map => map.SelectMany(e => In(e.Value, path.Length == 0 ? e.Key : $"{path}.{e.Key}", parameter)),
        ListValue list => list.Items.SelectMany((item, i) => In(item, $"{path}[{i}]", parameter)),
        not null when TemplateReferences.In(value).Contains(parameter) => [path],
        _ => [],
    };
}
