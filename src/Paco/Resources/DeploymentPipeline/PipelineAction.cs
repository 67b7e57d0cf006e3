using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// An action of a pipeline as a project describes it: what it takes of artifacts, the stacks it makes besides the pipeline's, and how it
/// stands in the pipeline.
/// </summary>
public abstract class PipelineAction(Fields f) : Model(f)
{
    public string Type { get; } = f.RequiredText("type", "What it does, and with what: `CodeBuild.Build`.");

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(true);

    public Given<int> RunOrder { get; } =
        f.Int("run_order", "Actions of a stage with the same number run side by side, those with a higher one after them.", 1, 1, 999);

    public override string Kind => Type;

    /// <summary>The word that the names of its action and artifact begin with: <c>CodeBuild</c>.</summary>
    internal abstract string Word { get; }

    /// <summary>It brings what the pipeline works on.</summary>
    internal virtual bool IsSource => false;

    /// <summary>A person has to agree in it; what is deployed in the same stage waits for that.</summary>
    internal virtual bool IsApproval => false;

    /// <summary>The only region it can be fetched from; null where any will do.</summary>
    internal virtual string? SourceRegion(BuildContext build) => null;

    /// <summary>The region it works in; null for the pipeline's own.</summary>
    internal virtual string? RegionOf(PipelineScope pipeline) => null;

    /// <summary>It hands something on to later actions.</summary>
    internal virtual bool HasOutput => IsSource;

    /// <summary>Roles, besides the pipeline's own, that read and write artifacts for it. Names only: nothing is built yet.</summary>
    internal virtual IEnumerable<ArtifactUser> Users(ActionScope scope) => [];

    /// <summary>What the role of a build needs to clone what this brings; nothing for a source that hands on the files.</summary>
    internal virtual IEnumerable<MapValue> CloneRights(ActionScope scope) => [];

    /// <summary>What starts the pipeline, in words: two sources of the same ones are one. Null for others.</summary>
    internal virtual string? Watches => null;

    /// <summary>The field that says so.</summary>
    internal virtual string WatchField => "deployment_branch_name";

    /// <summary>What can be wrong with it among the others of the pipeline, once all are known.</summary>
    internal virtual void Examine(ActionScope scope)
    {
    }

    /// <summary>
    /// Makes its own stacks, and says how it stands in the pipeline. One that is switched off is asked as well: its stacks are empty then,
    /// and nobody reads what it says.
    /// </summary>
    internal abstract ActionDeclaration Declare(ActionScope scope);

    /// <summary>Adds to the pipeline's stack what belongs to it there.</summary>
    internal virtual void WriteInto(StackBuilder stack, ActionScope scope)
    {
    }

    /// <summary>Makes what there is of it where <c>disable_codepipeline</c> leaves the pipeline out.</summary>
    internal virtual void BuildAlone(ActionScope scope)
    {
    }
}

/// <summary>How an action stands in a pipeline.</summary>
/// <param name="Category">Source, Build, Test, Approval, Deploy or Invoke.</param>
internal sealed record ActionDeclaration(string Category, string Provider)
{
    public string Owner { get; init; } = "AWS";

    public string Version { get; init; } = "1";

    public MapValue Configuration { get; init; } = [];

    /// <summary>It takes nothing of what earlier actions made.</summary>
    public bool TakesNothing { get; init; }

    /// <summary>The artifacts it takes, where those are not simply what came before.</summary>
    public ImmutableArray<string>? Inputs { get; init; }

    /// <summary>It takes one artifact only: the last of what came before.</summary>
    public bool TakesOne { get; init; }

    /// <summary>The role it runs as; null for the pipeline's own.</summary>
    public Value? RoleArn { get; init; }

    /// <summary>What the pipeline's role must be allowed for it, besides taking on <see cref="RoleArn"/> and handling artifacts.</summary>
    public ImmutableArray<MapValue> Rights { get; init; } = [];

    /// <summary>Which pushes start the pipeline, as an entry of its triggers; null for all that a source sees.</summary>
    public MapValue? Trigger { get; init; }

    /// <summary>Stacks that must be there before the pipeline.</summary>
    public ImmutableArray<NodeId> After { get; init; } = [];
}

/// <summary>A role that reads artifacts, or writes them, too.</summary>
/// <param name="Account">The account it is in, by the name it is worked on under.</param>
/// <param name="RoleName">Its name, behind its path where it has one.</param>
internal sealed record ArtifactUser(string Account, string RoleName, bool Writes)
{
    /// <summary>The region it handles them in; null for the pipeline's own.</summary>
    public string? Region { get; init; }
}
