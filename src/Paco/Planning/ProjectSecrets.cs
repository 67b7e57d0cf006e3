using Paco.CloudFormation;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>A secret that a stack makes. Its name is its path in the project.</summary>
/// <param name="Generated">AWS makes up its first value; else it begins with a placeholder.</param>
public sealed record ProjectSecret(NodeId Stack, string LogicalId, string Name, bool Generated)
{
    /// <summary>The key of a JSON object under which AWS put the value it made up, and others look for it; or null.</summary>
    public string? Key { get; init; }

    internal const string Type = "AWS::SecretsManager::Secret";

    /// <summary>Every secret of a graph.</summary>
    public static IEnumerable<ProjectSecret> In(StackGraph graph) => graph.Nodes.OfType<StackNode>().SelectMany(Of);

    internal static IEnumerable<ProjectSecret> Of(StackNode node) =>
        from resource in node.Stack.Template.Resources
        where resource.Type == Type
        let name = resource.Properties["Name"] as TextValue
        where name is not null
        let generate = resource.Properties["GenerateSecretString"] as MapValue
        select new ProjectSecret(node.Id, resource.LogicalId, name.Text, generate is not null)
        {
            Key = (generate?["GenerateStringKey"] as TextValue)?.Text,
        };
}
