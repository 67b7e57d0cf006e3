using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>A deployment configuration: how many servers stay as they are. Source: the service's model, MinimumHealthyHosts.</summary>
internal sealed class DeploymentConfigHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        if (m.Text("ComputePlatform") is null or "Server")
            CheckHosts(m);
        return base.Create(m);
    }

    protected override void CheckDelete(Store store, LiveResource it)
    {
        if (store.OfType(it.Account, it.Region, LaunchHooks.DeploymentGroup)
            .Exists(g => Json.Scalar(g.Properties["DeploymentConfigName"]) == it.Physical))
        {
            throw new ResourceFailure(
                "The deployment configuration is still in use. (Service: AmazonCodeDeploy; Status Code: 400; Error Code: DeploymentConfigInUseException; Proxy: null)");
        }
    }

    private static void CheckHosts(ResourceRequest m)
    {
        const string Code = "InvalidMinimumHealthyHostValueException";
        if (m.Properties["MinimumHealthyHosts"] is not JsonObject hosts)
            throw CodeDeployRefusal.Of(m, Code, "A minimum healthy host value is required");
        if (!int.TryParse(Json.Scalar(hosts["Value"]), out var value) || value < 0)
            throw CodeDeployRefusal.Of(m, Code, "The minimum healthy host value must be zero or more");
        if (Json.Scalar(hosts["Type"]) == "FLEET_PERCENT" && value > 100)
            throw CodeDeployRefusal.Of(m, Code, "The minimum healthy host percentage must be between 0 and 100");
    }
}

/// <summary>
/// A deployment group. CodeDeploy takes on its role at once, and puts a hook on each of its Auto Scaling groups: that is there for as long
/// as the deployment group and the Auto Scaling group that got it. One that is made anew under the same name has none.
/// </summary>
internal sealed class DeploymentGroupHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        DeploymentGroupChecks.Check(m, Names.Of(m));
        var it = base.Create(m);
        LaunchHooks.Put(m.Store, it, null);
        if (m.Properties["Deployment"] is JsonObject wanted)
            Deployments.Start(m.Store, it, wanted, "CloudFormation", m.Now);
        m.Store.Insert(it);
        return it;
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        DeploymentGroupChecks.Check(m, before.Physical);
        var after = base.Update(m, before);
        LaunchHooks.Put(m.Store, after, before);
        if (m.Properties["Deployment"] is JsonObject wanted && !Json.Same(wanted, before.Properties["Deployment"]))
            Deployments.Start(m.Store, after, wanted, "CloudFormation", m.Now);
        m.Store.Insert(after);
        return after;
    }
}

/// <summary>A refusal of CodeDeploy as CloudFormation tells it.</summary>
internal static class CodeDeployRefusal
{
    public static ResourceFailure Of(ResourceRequest m, string code, string message) => new(
        $"{message} (Service: AmazonCodeDeploy; Status Code: 400; Error Code: {code}; Request ID: {m.Seed.Uuid("request")}; Proxy: null)");
}
