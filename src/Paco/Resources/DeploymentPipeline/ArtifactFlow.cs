using System.Collections.Immutable;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// Which account may work on what another made: what an account besides the pipeline's made is for that account and the pipeline's alone.
/// Source: CodePipeline User Guide, "Create a pipeline that uses resources from another account".
/// </summary>
internal static class ArtifactFlow
{
    public static void Check(ActionScope user, ImmutableArray<string> inputs)
    {
        var pipeline = user.Pipeline;
        var own = pipeline.Own.Place.Account;
        if (AccountOf(user) is not { } account || account == own)
            return;
        var foreign = pipeline.Running.FirstOrDefault(a => inputs.Contains(a.Artifact) && AccountOf(a) is { } maker && maker != own
            && maker != account);
        if (foreign is not null)
        {
            pipeline.Build.Bag.Add(PipelineCodes.ThirdAccount, user.Action.Location,
                $"{user.Action.Name} works in {account} on what {foreign.Action.Name} made in {AccountOf(foreign)}",
                $"let a build in {own}, the account of the pipeline, stand between them", subject: user.Action.Path);
        }
    }

    // It works as a role of that account; the pipeline's own role where there is none.
    private static string? AccountOf(ActionScope action) => action.Action.Users(action).FirstOrDefault()?.Account;
}
