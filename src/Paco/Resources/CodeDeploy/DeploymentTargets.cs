using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Resources.CodeDeploy;

/// <summary>The servers that one deployment group deploys to, and what can be wrong with them.</summary>
/// <param name="owner">What deploys.</param>
/// <param name="groups">Their Auto Scaling groups.</param>
internal sealed class DeploymentTargets(Model owner, IEnumerable<Ref> groups, BuildScope scope)
{
    private readonly ImmutableArray<Ref> _groups = [.. groups.DistinctBy(g => g.Path)];

    private BuildContext Build => scope.Build;

    /// <summary>The groups in this place that are on, as far as they are known.</summary>
    public ImmutableArray<IDeployTarget> Known =>
        [.. _groups.Where(IsHere).Select(g => Build.Index.Find<Model>(g)).Where(m => m is { IsEnabled: true }).OfType<IDeployTarget>()];

    /// <summary>References to the groups in this place.</summary>
    public IEnumerable<Ref> Here => _groups.Where(IsHere);

    /// <summary>Reports what CodeDeploy refuses, and what would go wrong later.</summary>
    public void Check(DeploymentSettings settings)
    {
        foreach (var group in _groups)
            CheckGroup(group);
        if (settings.TargetGroup is { } targets && !IsHere(targets))
            ReportElsewhere(targets, "a target group");
        if (Known is { IsEmpty: false } known)
            CheckHealth(settings, known.Sum(t => t.FewestServers));
    }

    /// <summary>Reports a target that belongs to another application than what deploys to it.</summary>
    /// <param name="what">The word for what deploys: <c>pipeline</c>.</param>
    public static void CheckApplication(BuildContext build, string what, ObjectPath deploys, Ref target)
    {
        if (target.Path.Application is { } other && deploys.Application is { } own && other != own)
        {
            build.Bag.Add(CodeDeployCodes.OtherApplication, target.Location,
                $"{target.Written} belongs to the application {other}, the {what} to {own}",
                $"name what is in the same application, or move the {what} there", subject: deploys);
        }
    }

    // What is not there, and what is switched off, is said where references are followed.
    private bool IsHere(Ref group) => scope.Environment is { } environment && new ObjectPath(environment.Path).Covers(group.Path);

    private void CheckGroup(Ref group)
    {
        if (!IsHere(group))
        {
            ReportElsewhere(group, "an ASG");
            return;
        }
        if (Build.Index.Find<IDeployTarget>(group) is not { } target)
            return;
        CheckApplication(Build, "deployment", owner.Path, group);
        if (Build.Claim($"deployment to {group.Path}", owner.Path) is { } before && before != owner.Path)
        {
            Build.Bag.Add(CodeDeployCodes.SameServers, group.Location, $"{before} deploys to {group.Written} as well",
                "let one of the two bring everything", subject: owner.Path);
        }
        if (!target.MayHaveDeployAgent)
        {
            Build.Bag.Add(CodeDeployCodes.NoAgent, group.Location, $"nothing installs CodeDeploy's agent on the servers of {group.Written}",
                "codedeploy_agent: true in the \"launch_options\" of the ASG", subject: owner.Path);
        }
    }

    private void ReportElsewhere(Ref reference, string what) => Build.Bag.Add(CodeDeployCodes.Elsewhere, reference.Location,
        $"{reference.Written} is not in {scope.Environment?.Path}, where the deployment is",
        $"name {what} of the same environment and region: another one has a deployment of its own",
        subject: owner.Path);

    private void CheckHealth(DeploymentSettings settings, int fewest)
    {
        if (settings.MinimumHealthy is not { } minimum)
            return;
        if (minimum.Hosts is { } hosts && hosts > fewest)
        {
            Build.Bag.Add(BindingCodes.BrokenRule, minimum.PlaceOf("value"),
                $"{hosts} servers have to stay in service, and there may be only {fewest} (\"min_instances\")",
                fewest > 1 ? $"at most {fewest - 1}, so that one at a time is deployed to" : "leave \"minimum_healthy_hosts\" out",
                subject: owner.Path);
        }
        else if (minimum.Hosts is { } all and > 0 && all == fewest)
        {
            Build.Bag.Add(BindingCodes.UnusualValue, minimum.PlaceOf("value"),
                $"where there are only {fewest} servers (\"min_instances\"), all of them have to stay in service, and none is deployed to",
                "leave \"minimum_healthy_hosts\" out: then one at a time is deployed to, however many there are", subject: owner.Path);
        }
        else if (minimum.IsNone && settings.HasLoadBalancer && (settings.KeepsTraffic || fewest > 1))
        {
            Build.Bag.Add(CodeDeployCodes.Downtime, minimum.Location,
                settings.KeepsTraffic
                    ? "all servers are deployed to at once, and the load balancer goes on sending them requests"
                    : "all servers are out of the load balancer while they are deployed to",
                settings.KeepsTraffic
                    ? "leave \"minimum_healthy_hosts\" and \"deploy_style_option\" out: then one at a time leaves the load balancer"
                    : "leave \"minimum_healthy_hosts\" out: then one at a time leaves the load balancer",
                subject: owner.Path);
        }
    }
}
