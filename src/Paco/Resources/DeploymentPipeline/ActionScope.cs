using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>An action while its pipeline is built.</summary>
/// <param name="IsFirst">No action before it is of its type.</param>
internal sealed record ActionScope(PipelineScope Pipeline, PipelineStage Stage, PipelineAction Action, bool IsFirst)
{
    /// <summary>What follows logical ids, parameters and artifacts of its type.</summary>
    public string Suffix => SuffixOf(Pipeline.Pipeline.IsStaged, Stage, Action, IsFirst);

    /// <summary>What stands before the name of a stack of its own: nothing for the first of its type.</summary>
    public string StackPart => IsFirst ? "" : Pipeline.Pipeline.IsStaged ? $"{Stage.Name}-{Action.Name}" : Action.Name;

    /// <summary>The region it works in where that is not the pipeline's.</summary>
    public string? OtherRegion =>
        Action.RegionOf(Pipeline) is { } region && region != Pipeline.Own.Place.Region ? region : null;

    /// <summary>Where it finds artifacts, and leaves its own; null where there is no bucket.</summary>
    public ArtifactStore? Store => Pipeline.StoreIn(OtherRegion);

    /// <summary>Its name in its stage.</summary>
    public string AwsName => $"{Action.Word}{Suffix}";

    /// <summary>Nothing for the only one of the three sections, stage and action in a pipeline of stages, else the action.</summary>
    public static string SuffixOf(bool isStaged, PipelineStage stage, PipelineAction action, bool isFirst) =>
        isStaged ? Names.LogicalId(stage.Name + action.Name) : isFirst ? "" : Names.Camel(action.Name);

    /// <summary>The artifact it makes.</summary>
    public string Artifact => $"{Action.Word}Artifact{Suffix}";

    /// <summary>Whose artifacts it takes: the actions of the last stage before its own that make some.</summary>
    public ImmutableArray<ActionScope> Before
    {
        get
        {
            var earlier = Pipeline.Pipeline.AllStages.TakeWhile(s => s != Stage).ToList();
            var makers = Pipeline.Running.Where(a => a.Action.HasOutput && earlier.Contains(a.Stage)).ToList();
            return [.. makers.Where(a => a.Stage == makers[^1].Stage)];
        }
    }

    /// <summary>The artifacts of actions that are named; null where none are. A name that is none of theirs is reported.</summary>
    /// <param name="names">Of actions before it: ACTION or STAGE.ACTION, or the artifact as AWS knows it.</param>
    public ImmutableArray<string>? Inputs(ImmutableArray<string> names)
    {
        if (names.IsEmpty || !Action.IsEnabled)
            return null;
        var makers = Pipeline.Earlier(this).Where(a => a.Action.HasOutput).ToList();
        var found = names.Select(name => (name, Maker: makers.Find(a => a.IsCalled(name)))).ToList();
        foreach (var (name, _) in found.Where(f => f.Maker is null))
        {
            Pipeline.Build.Bag.Add(BindingCodes.BadValue, Action.PlaceOf("input_artifacts"),
                $"no action of an earlier stage that makes something is called {name}",
                Spelling.DidYouMean(name, makers.Select(m => m.Action.Name))
                    ?? $"there is: {string.Join(", ", makers.Select(m => m.Action.Name))}",
                subject: Action.Path);
        }
        return [.. found.Select(f => f.Maker?.Artifact).OfType<string>()];
    }

    private bool IsCalled(string name) => name == Action.Name || name == $"{Stage.Name}.{Action.Name}" || name == Artifact;

    /// <summary>A name of the pipeline's with what tells this action from others of its type.</summary>
    public string RoleName(string what) => Pipeline.Names.Role(IsFirst ? what : $"{Names.Stack(StackPart)}-{what}");

    /// <summary>A stack of the action: <c>prefix-group-pipeline-suffix</c>, in the place of a scope.</summary>
    public StackBuilder Stack(BuildScope place, string suffix, string title, string? path = null) =>
        place.Stack(Action, IsFirst ? suffix : $"{StackPart}-{suffix}", title, path ?? Pipeline.Pipeline.Path);
}
