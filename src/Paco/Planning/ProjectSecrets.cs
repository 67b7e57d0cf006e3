using Paco.CloudFormation;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>A secret that a stack makes. Its name is its path in the project.</summary>
/// <param name="Generated">AWS makes up its first value; else it begins with a placeholder.</param>
public sealed record ProjectSecret(NodeId Stack, string LogicalId, string Name, bool Generated)
{
    internal const string Type = "AWS::SecretsManager::Secret";

    /// <summary>Every secret of a graph.</summary>
    public static IEnumerable<ProjectSecret> In(StackGraph graph) => graph.Nodes.OfType<StackNode>().SelectMany(Of);

    internal static IEnumerable<ProjectSecret> Of(StackNode node) =>
        from resource in node.Stack.Template.Resources
        where resource.Type == Type
        let name = resource.Properties["Name"] as TextValue
        where name is not null
        select new ProjectSecret(node.Id, resource.LogicalId, name.Text, resource.Properties["GenerateSecretString"] is not null);
}
