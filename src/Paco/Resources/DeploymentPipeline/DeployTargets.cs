using Paco.Binding;
using Paco.Clouds;
using Paco.Resources.CodeDeploy;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>What can be wrong with what an action works on.</summary>
internal static class DeployTargets
{
    /// <summary>Reports a target that belongs to another application than the pipeline.</summary>
    public static void CheckApplication(ActionScope scope, Ref target) =>
        DeploymentTargets.CheckApplication(scope.Pipeline.Build, "pipeline", scope.Action.Path, target);

    /// <summary>Reports an object of an environment that is elsewhere than the action can reach.</summary>
    public static void CheckPlace(ActionScope scope, Ref target, Place reached)
    {
        if (scope.Pipeline.Build.PlaceOf(target.Path) is { } place && place != reached)
            ReportPlace(scope, target, place, reached);
    }

    public static void ReportPlace(ActionScope scope, Ref target, Place place, Place reached) =>
        scope.Pipeline.Build.Bag.Add(PipelineCodes.OtherPlace, target.Location,
            $"{target.Written} is in {place}; {scope.Action.Type} reaches what is in {reached}",
            $"name one of {reached}, or let the pipeline run where it is", subject: scope.Action.Path);
}
