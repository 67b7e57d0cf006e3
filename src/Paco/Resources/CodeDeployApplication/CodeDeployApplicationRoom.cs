using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Resources.CodeDeploy;
using Paco.Stacks;

namespace Paco.Resources.CodeDeployApplication;

public sealed class CodeDeployApplicationRoom : Room
{
    public override string Type => "CodeDeployApplication";

    public override string Summary =>
        "An application of CodeDeploy for deployments without a pipeline: its deployment groups name the servers, and what is put on them.";

    public override IEnumerable<DiagnosticCode> Codes => CodeDeployCodes.All;

    public override AppResource Bind(Fields f) => new CodeDeployApplication(f);
}

/// <summary>
/// An application with its deployment groups. Switched off it stays, without groups: with it the history of its deployments would go.
/// </summary>
public sealed class CodeDeployApplication(Fields f) : AppResource(f), IAsking
{
    private const string Server = "Server";

    public string ComputePlatform { get; } = f.RequiredText("compute_platform",
        "What is deployed to: Server, for instances. A change makes another application.", Check.OneOf(Server, "ECS", "Lambda"));

    public ImmutableArray<DeploymentGroup> DeploymentGroups { get; } =
        f.Map("deployment_groups", "Servers that get the same at the same time, by name.", x => new DeploymentGroup(x));

    internal IEnumerable<DeploymentGroup> Active => DeploymentGroups.Where(g => g.IsEnabled);

    protected internal override void Rules(Fields f)
    {
        if (ComputePlatform is "ECS" or "Lambda")
        {
            f.Broken("compute_platform", $"deployments to {ComputePlatform} are not built here, and were not in Paco 9: only {Server} is",
                "deploy to ECS with an action ECS.Deploy of a DeploymentPipeline");
        }
    }

    void IAsking.Ask(BuildScope scope)
    {
        foreach (var group in Active)
            group.Ask(scope);
    }

    protected internal override void Build(BuildScope scope) => new CodeDeployApplicationStacks(this, scope).Build();
}
