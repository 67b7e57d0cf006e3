using Paco.CloudFormation.Types;
using Paco.Sandbox.Alarms;
using Paco.Sandbox.Services.Backup;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Made;

/// <summary>What a type of resource does when it is made, changed and deleted. This one is for all types that only exist.</summary>
internal class ResourceHandler
{
    private static readonly ResourceHandler Plain = new();

    public static ResourceHandler Of(string type) => type switch
    {
        "AWS::S3::Bucket" => new BucketHandler(),
        BackupVaults.Type => new VaultHandler(),
        RepositoryHandler.Type => new RepositoryHandler(),
        Servers.Group => new ScalingGroupHandler(),
        "AWS::CloudTrail::Trail" => new TrailHandler(),
        DeploymentGroupChecks.Configuration => new DeploymentConfigHandler(),
        LaunchHooks.DeploymentGroup => new DeploymentGroupHandler(),
        AlarmClock.MetricType or AlarmClock.CompositeType => new AlarmHandler(),
        "AWS::CloudWatch::Dashboard" => new DashboardHandler(),
        LogGroupHandler.Type => new LogGroupHandler(),
        MetricFilterHandler.Type => new MetricFilterHandler(),
        "AWS::Config::ConfigurationRecorder" => new RecorderHandler(),
        "AWS::Config::DeliveryChannel" => new DeliveryChannelHandler(),
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => new LoadBalancerHandler(),
        ForwardingHandler.Listener or ForwardingHandler.Rule => new ForwardingHandler(),
        "AWS::Route53::HostedZone" => new HostedZoneHandler(),
        "AWS::Route53::RecordSet" or "AWS::Route53::RecordSetGroup" => new RecordSetHandler(),
        "AWS::SecretsManager::Secret" => new SecretHandler(),
        "AWS::CertificateManager::Certificate" => new CertificateHandler(),
        Connections.Type or Connections.OlderType => new ConnectionHandler(),
        Roles.Type => PolicyHandler.Role,
        "AWS::S3::BucketPolicy" => PolicyHandler.Bucket,
        Keys.Type => new KeyHandler(),
        Keys.AliasType => new AliasHandler(),
        ProjectHandler.Type => new ProjectHandler(),
        PipelineRuns.Pipeline => new PipelineHandler(),
        RuleHandler.Type => new RuleHandler(),
        Buses.PolicyType => new BusPolicyHandler(),
        NotificationRuleHandler.Type => new NotificationRuleHandler(),
        UserCredentials.UserType => new UserHandler(),
        IdentityProviderHandler.Type => new IdentityProviderHandler(),
        Stacks.NestedStacks.Type => new NestedStackHandler(),
        "AWS::CloudFormation::StackSet" or "AWS::CloudFormation::CustomResource"
            or "AWS::CloudFormation::Macro" => new UnknownKind(),
        _ when type.StartsWith("Custom::", StringComparison.Ordinal) => new UnknownKind(),
        _ => Plain,
    };

    /// <summary>Makes it and writes it down. Throws <see cref="ResourceFailure"/>.</summary>
    public virtual LiveResource Create(ResourceRequest m)
    {
        var it = Identify(m);
        Refuse(m, it);
        m.Store.Insert(it);
        return it;
    }

    /// <summary>Changes it in place: new properties, the same physical id, and what moves with them.</summary>
    public virtual LiveResource Update(ResourceRequest m, LiveResource before)
    {
        Neighbours.Refuse(m, before);
        var after = before with { Properties = m.Properties, Attributes = Attributes.Moved(m, before) };
        m.Store.Insert(after);
        return after;
    }

    /// <summary>Throws <see cref="ResourceFailure"/> where AWS would not delete it.</summary>
    public void RefuseDeletion(Store store, LiveResource it)
    {
        if (ResourceFacts.Of(it.Type).DeletionGuard is { } guard
            && Json.Scalar(it.Properties[guard]).ToLowerInvariant() is "true" or "active")
        {
            var (service, type) = it.Type.Split("::") is [_, var s, var t] ? (s, t) : ("", it.Type);
            throw new ResourceFailure(
                $"Cannot delete protected {type}, please disable deletion protection and try again. (Service: {service}, Status Code: 400)");
        }

        InUse.Refuse(store, it);
        CheckDelete(store, it);
    }

    /// <summary>What more it looks at before it is deleted; throws <see cref="ResourceFailure"/>.</summary>
    protected virtual void CheckDelete(Store store, LiveResource it)
    {
    }

    public virtual void Delete(Store store, LiveResource it) => store.Remove(it.Account, it.Region, it.Type, it.Physical);

    /// <summary>Deletes what may stay for a while after that.</summary>
    public virtual void Delete(Store store, LiveResource it, DateTimeOffset now) => Delete(store, it);

    /// <summary>False while it waits for somebody else; <see cref="Stacks.StackTable.Wake"/> asks again.</summary>
    public virtual bool IsReady(Store store, LiveResource it, DateTimeOffset now) => true;

    protected static LiveResource Identify(ResourceRequest m)
    {
        var physical = PhysicalIds.Of(m);
        var scope = Names.Scope(m);
        var name = scope is null ? null : Names.Explicit(m);
        var logical = m.Logical.Length > 0 ? m.Logical : null;
        return new(
            m.Account, m.Home, m.Type, physical, name is null ? null : scope, name, m.StackRow, logical, m.Now, m.Properties,
            Attributes.Of(m, physical));
    }

    /// <summary>What has the name or id already that this would get, whoever's it is; null where it is free.</summary>
    public static LiveResource? Taken(ResourceRequest m) => Taken(m, Identify(m));

    /// <summary>The id of the live stack that has it, or null.</summary>
    public static string? Owner(Store store, LiveResource it) =>
        it.Stack is { } row ? store.Text("SELECT id FROM stacks WHERE seq = $1 AND live = 1", row) : null;

    private static LiveResource? Taken(ResourceRequest m, LiveResource it) =>
        (it.Name is not null ? m.Store.FindNamed(it.Scope!, it.Name) : null) ?? m.Store.Find(it.Account, it.Region, it.Type, it.Physical);

    /// <summary>A name or physical id exists once.</summary>
    protected static void Refuse(ResourceRequest m, LiveResource it)
    {
        if (Taken(m, it) is not { } taken)
        {
            Neighbours.Refuse(m, null);
            return;
        }

        var id = it.Name ?? it.Physical;
        throw Owner(m.Store, taken) is { } owner
            ? new ResourceFailure($"{id} already exists in stack {owner}")
            : ServiceRefusal.Exists(m, id);
    }
}

/// <summary>What runs code of yours or sets of stacks, which the sandbox does not do.</summary>
internal sealed class UnknownKind : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m) =>
        throw new ResourceFailure($"The sandbox does not emulate {m.Type}: it runs no code of yours and no stack sets. "
            + $"(HandlerErrorCode: {AwsError.NotImplemented})");
}
