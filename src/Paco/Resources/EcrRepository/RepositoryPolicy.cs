using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;

namespace Paco.Resources.EcrRepository;

/// <summary>The policy of a repository: who may do what with it, and nothing else.</summary>
public sealed class RepositoryPolicy(Fields f) : Model(f)
{
    public string PolicyName { get; } = f.Text("name", "Free text; AWS does not see it.", "");

    public ImmutableArray<Statement> Statements { get; } = f.List("statement", "What it allows or denies.", x => new Statement(x));

    protected internal override void Rules(Fields f)
    {
        if (Statements.IsEmpty)
            f.Lacks("statement", "a policy needs at least one \"statement\"");
        foreach (var statement in Statements)
        {
            if (statement.Principal is not { } principal || (principal.Aws is null && principal.Service.IsEmpty))
            {
                f.Lacks(statement.Location, "a statement of a repository's policy needs a \"principal\": who it is about",
                    "principal: {aws: ARN of an account, role or user}, or {service: codebuild.amazonaws.com}");
            }
            if (statement.Action is null)
                f.Lacks(statement.Location, "a statement needs an \"action\"", "ecr:BatchGetImage, for example");
            if (statement.Resource is not null)
            {
                f.Report(BindingCodes.ObsoleteField, statement.PlaceOf("resource"),
                    "\"resource\" has no effect: the policy is about the repository it belongs to");
            }
        }
    }

    internal IEnumerable<MapValue> ToValues() => Statements.Select((statement, i) => new MapValue
    {
        ["Sid"] = $"Policy{i}",
        ["Effect"] = statement.Effect,
        ["Principal"] = statement.Principal?.ToValue(),
        ["Action"] = statement.Action,
        ["Condition"] = statement.Condition,
    });
}
