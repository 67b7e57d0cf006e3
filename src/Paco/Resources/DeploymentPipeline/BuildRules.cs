using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>What of a build has to fit together, and with what is around it.</summary>
internal static class BuildRules
{
    /// <summary>The variables that every build of a pipeline has.</summary>
    internal const string EnvironmentVariable = "DeploymentEnvironmentName";
    internal const string KeyVariable = "KMSKey";
    internal const string BucketVariable = "ArtifactsBucket";

    private static readonly string[] Own = [EnvironmentVariable, KeyVariable, BucketVariable];

    public static void CheckVariables(BuildAction build, Fields f)
    {
        var seen = new HashSet<string>(Own);
        foreach (var variable in build.Variables.Where(v => v.Variable.Length > 0 && !seen.Add(v.Variable)))
        {
            f.Report(BindingCodes.BrokenRule, variable.PlaceOf("name"), $"the build has a variable {variable.Variable} already",
                Own.Contains(variable.Variable) ? $"{string.Join(", ", Own)} are there in any case" : "rename one");
        }
    }

    public static void CheckPolicies(BuildAction build, Fields f)
    {
        foreach (var twice in build.RolePolicies.Where(p => p.PolicyName.Length > 0).GroupBy(p => BuildProject.IdOf(p))
            .SelectMany(g => g.Skip(1)))
        {
            f.Report(BindingCodes.BrokenRule, twice.Location, $"two policies of the build are called \"{twice.PolicyName}\"", "rename one");
        }
    }

    /// <summary>Within a pipeline.</summary>
    public static void Examine(BuildAction build, ActionScope scope)
    {
        WithoutEffect(build, scope, "source", build.Source, "the pipeline's sources bring what is built");
        WithoutEffect(build, scope, "artifacts", build.Artifacts, "the pipeline keeps what is made");
        if (build.PrimarySource is { } primary && !scope.Before.Any(b => b.Action.Name == primary))
        {
            Report(build, scope, BindingCodes.BadValue, "primary_source", $"no action {primary} hands anything on to {build.Name}",
                Spelling.DidYouMean(primary, scope.Before.Select(b => b.Action.Name))
                    ?? $"one of {string.Join(", ", scope.Before.Select(b => b.Action.Name))}");
        }
        CheckPlaces(build, scope);
    }

    /// <summary>Without a pipeline.</summary>
    public static void ExamineAlone(BuildAction build, ActionScope scope)
    {
        if (!build.IsEnabled)
            return;
        if (build.Artifacts is { AreKept: true } && scope.Pipeline.Artifacts is null)
        {
            Report(build, scope, BindingCodes.BrokenRule, "artifacts", "artifacts that are kept need a bucket",
                "give the pipeline's configuration an artifacts_bucket, or write type: NO_ARTIFACTS");
        }
        if (build.GitHub is null && !build.Buildspec.IsHere)
        {
            Report(build, scope, PipelineCodes.NoBuildspec, "buildspec",
                "a project without a source has no repository to find its build specification in",
                "buildspec: ./buildspec.yaml for a file of this project, or buildspec: | and the text");
        }
        CheckPlaces(build, scope);
    }

    /// <summary>Of several sources the one that the build begins in.</summary>
    public static ActionScope PrimaryOf(BuildAction build, ActionScope scope) =>
        scope.Before.FirstOrDefault(b => b.Action.Name == build.PrimarySource) ?? scope.Before[0];

    private static void CheckPlaces(BuildAction build, ActionScope scope)
    {
        var (own, target) = (scope.Pipeline.Own.Place, scope.Pipeline.Target.Place);
        if (build.Network is not null && own != target)
        {
            Report(build, scope, PipelineCodes.ForeignNetwork, "vpc_config", $"the build runs in {own}, its network is in {target}",
                "let the pipeline run in the environment's account and region, or build without the network");
        }
        foreach (var secret in build.AllSecrets.Where(s => AccountOf(scope, s) is { } account && account != own.Account))
        {
            scope.Pipeline.Build.Bag.Add(StackCodes.Elsewhere, secret.Location,
                $"the secret {secret.Written} is in {AccountOf(scope, secret)}, the build in {own.Account}",
                $"write account: paco.ref accounts.{own.Account} at the secret", subject: build.Path);
        }
        foreach (var user in build.GitUsers.Where(u => AccountOfUser(scope, u) is { } account && account != own.Account))
        {
            scope.Pipeline.Build.Bag.Add(StackCodes.Elsewhere, user.Location,
                $"the user {user.Written} is in {AccountOfUser(scope, user)}, the build in {own.Account}",
                "a role has policies of its own account only", subject: build.Path);
        }
    }

    private static string? AccountOfUser(ActionScope scope, Ref user) =>
        user.Path.AndAbove.Select(scope.Pipeline.Build.Index.Find).OfType<ICodeCommitRepository>().FirstOrDefault() is { } repository
            ? scope.Pipeline.Build.AccountOf(repository.AccountName)
            : null;

    private static string? AccountOf(ActionScope scope, Ref secret) =>
        scope.Pipeline.Build.Index.Find<Secrets.Secret>(secret) is not { } found ? null
        : found.AccountName is { } own ? scope.Pipeline.Build.AccountOf(own) : scope.Pipeline.Target.Place.Account;

    private static void WithoutEffect(BuildAction build, ActionScope scope, string field, Model? written, string why)
    {
        if (written is not null)
            Report(build, scope, BindingCodes.ObsoleteField, field, $"\"{field}\" has no effect: {why}", null);
    }

    private static void Report(BuildAction build, ActionScope scope, DiagnosticCode code, string field, string message, string? hint) =>
        scope.Pipeline.Build.Bag.Add(code, build.PlaceOf(field), message, hint, subject: build.Path);
}
