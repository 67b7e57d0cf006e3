using System.Collections.Immutable;
using Paco.Diagnostics;

namespace Paco.Resources.CodeDeploy;

/// <summary>PACO3130 to PACO3134: mistakes about what is deployed to.</summary>
public static class CodeDeployCodes
{
    public static readonly DiagnosticCode Elsewhere = new("PACO3130", Severity.Error, "a deployment to servers of another place",
        "CodeDeploy deploys to servers of its own account and region, and a deployment group is made in those of the environment it is written in. Name an ASG of the same environment and region; what another environment gets, a pipeline of that environment deploys.");

    public static readonly DiagnosticCode OtherApplication = new("PACO3131", Severity.Warning, "a deployment to another application",
        "What is deployed to belongs to another application than the deployment or the pipeline that deploys: most often a reference was copied and not changed. What is deployed takes the place of what the other application has there.");

    public static readonly DiagnosticCode SameServers = new("PACO3132", Severity.Warning, "two deployments to the same servers",
        "Two deployment groups deploy to one Auto Scaling group. A new server gets both at once, in no order, and where one of the two fails it is ended. AWS advises against it: let one deployment bring everything.");

    public static readonly DiagnosticCode NoAgent = new("PACO3133", Severity.Warning, "servers without CodeDeploy's agent",
        "CodeDeploy deploys through an agent on the servers. Nothing in the ASG installs it, and Amazon's own images do not have it: every deployment would wait for it and fail, and from the first one on new servers would be ended because theirs fails.");

    public static readonly DiagnosticCode Downtime = new("PACO3134", Severity.Warning, "a deployment that takes all servers at once",
        "No server has to stay in service, so CodeDeploy deploys to all of them at the same time, and nobody is served meanwhile; with `WITHOUT_TRAFFIC_CONTROL` the load balancer goes on sending requests to them. Leave `minimum_healthy_hosts` and `deploy_style_option` out: then one server after the other leaves the load balancer, is deployed to, and comes back.");

    public static readonly ImmutableArray<DiagnosticCode> All = [Elsewhere, OtherApplication, SameServers, NoAgent, Downtime];
}
