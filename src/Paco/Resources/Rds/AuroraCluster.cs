using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Monitoring;
using Paco.Resources.Dns;
using Paco.Stacks;

namespace Paco.Resources.Rds;

/// <summary>An Aurora cluster with its instances, and its stack <c>…-RDSAurora</c>. Nothing in it has a physical name.</summary>
public abstract class AuroraCluster(Fields f) : Database(f), IBackedUp
{
    private const string Provisioned = "provisioned";

    public abstract string? DatabaseName { get; }

    public ImmutableArray<ClusterInstance> DbInstances { get; } =
        f.Map("db_instances", "Its instances: one writes, the others read and stand by.",
            x => new ClusterInstance(x, f.Peek("type")));

    public ClusterInstanceFields? DefaultInstance { get; } =
        f.Object("default_instance", "What holds for every instance that does not say otherwise.",
            x => new ClusterInstanceFields(x, f.Peek("type")));

    public ServerlessV2? ServerlessV2 { get; } =
        f.Object("serverless_v2", "How far instances of the type db.serverless grow and shrink.", x => new ServerlessV2(x));

    public string? EngineMode { get; } = f.Text("engine_mode", "provisioned (AWS's default). A change replaces the cluster.",
        Check.OneOf(Provisioned, "serverless", "parallelquery", "global", "multimaster"));

    public string AvailabilityZones { get; } = f.Text("availability_zones",
        "Has no effect on its own: the segment's subnets decide, and each instance's availability_zone.", "all", Check.Zone);

    public Ref? ClusterParameterGroup { get; } = f.Ref("cluster_parameter_group",
        "A cluster parameter group; one of its own with AWS's defaults where not given.", "DBClusterParameterGroup");

    public Given<bool> EnableKmsEncryption { get; } =
        f.Flag("enable_kms_encryption", "Encrypt it with a key of its own. A change replaces the cluster.", false);

    public Given<bool> EnableHttpEndpoint { get; } =
        f.Flag("enable_http_endpoint", "Let the Data API in, which speaks SQL over HTTPS.", false);

    public Given<int>? BacktrackWindowInSeconds { get; } = f.Int("backtrack_window_in_seconds",
        "How far back it can be turned without a backup (MySQL only); 0 switches it off again.", min: 0, max: 259200);

    public string RestoreType { get; } = f.Text("restore_type", "How a copy of a cluster would be made. A change replaces the cluster.",
        "full-copy", Check.OneOf("full-copy", "copy-on-write"));

    public Given<bool> UseLatestRestorableTime { get; } =
        f.Flag("use_latest_restorable_time", "Copy the latest state. A change replaces the cluster.", false);

    public ClusterEventNotifications? ClusterEventNotifications { get; } =
        f.Object("cluster_event_notifications", "Events of the cluster that somebody is told of.", x => new ClusterEventNotifications(x));

    public ImmutableArray<Dns.Dns> ReadDns { get; } =
        f.List("read_dns", "Names that lead to the instances that only read (CNAME records).", x => new Dns.Dns(x));

    public SavedResource Saved =>
        new(ToRef().Output("name"), "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${Name}");

    private protected override IEnumerable<Watched> Watched =>
        DbInstances.Select(i => Instance(i.Name, i, i.ToRef().Output("name"), i.Monitoring ?? DefaultInstance?.Monitoring));

    /// <summary>The instances that are made here.</summary>
    internal IEnumerable<ClusterInstance> OwnInstances => DbInstances.Where(i => !i.ExternalResource);

    internal string? ClassOf(ClusterInstance instance) => instance.DbInstanceType ?? DefaultInstance?.DbInstanceType;

    protected internal override void Rules(Fields f)
    {
        base.Rules(f);
        f.Obsolete("kms_key_id", "a cluster gets a key of its own with enable_kms_encryption: true");
        if (EngineMode == "serverless")
        {
            f.Broken("engine_mode", "Aurora Serverless v1 ended on 2025-03-31",
                "leave \"engine_mode\" out, give instances the type db.serverless and write serverless_v2 with min_capacity and max_capacity");
        }
        else if (EngineMode is not (null or Provisioned))
        {
            f.Report(BindingCodes.UnusualValue, f.Place("engine_mode"), $"the engine mode {EngineMode} ended with the versions that had it",
                "new clusters leave \"engine_mode\" out");
        }
        if (BacktrackWindowInSeconds > 0 && Engine.IsPostgres)
        {
            f.Broken("backtrack_window_in_seconds", "only Aurora MySQL can be turned back",
                "leave it out; a snapshot or point-in-time restore does it on PostgreSQL");
        }
        if (BackupRetentionPeriod == 0)
            f.Broken("backup_retention_period", "Aurora keeps backups for at least 1 day");
        InstanceRules(f);
    }

    private void InstanceRules(Fields f)
    {
        foreach (var instance in OwnInstances.Where(i => ClassOf(i) is null))
            f.Lacks(instance.Location, $"the instance {instance.Name} needs a \"db_instance_type\"", "give it here or in default_instance");
        if (ServerlessV2 is null && OwnInstances.FirstOrDefault(i => ClassOf(i) == "db.serverless") is { } serverless)
        {
            f.Lacks(serverless.Location, $"the instance {serverless.Name} is serverless, so the cluster needs \"serverless_v2\"",
                "with min_capacity and max_capacity");
        }
    }

    protected internal override void Build(BuildScope scope)
    {
        var stack = scope.Stack(this, "RDSAurora");
        stack.Capabilities = ["CAPABILITY_IAM"];
        if (IsEnabled)
        {
            CheckZones(scope);
            CheckSecret(scope);
            CheckFamily(scope, ClusterParameterGroup);
            foreach (var group in DbInstances.Select(i => i.ParameterGroup).Append(DefaultInstance?.ParameterGroup).Distinct())
                CheckFamily(scope, group);
            new ClusterTemplate(this, scope, stack).Build();
        }
        RecordSets.Build(scope, this, Dns, new ValueTarget("CNAME", ToRef().Output("endpoint.address")));
        RecordSets.Build(scope, this, ReadDns, new ValueTarget("CNAME", ToRef().Output("readendpoint.address")));
    }
}

/// <summary>Bounds of serverless instances, in Aurora capacity units of about 2 GiB of memory.</summary>
public sealed class ServerlessV2(Fields f) : Model(f)
{
    public double? MinCapacity { get; } = f.Number("min_capacity", "The least; 0 lets it pause. In halves, 0 to 256.");

    public double? MaxCapacity { get; } = f.Number("max_capacity", "The most. In halves, 1 to 256.");

    protected internal override void Rules(Fields f)
    {
        Check(f, "min_capacity", MinCapacity, 0);
        Check(f, "max_capacity", MaxCapacity, 1);
        if (MinCapacity > MaxCapacity)
            f.Broken("max_capacity", $"the most ({MaxCapacity}) is less than the least ({MinCapacity})");
    }

    /// <summary>The bounds for CloudFormation, once both are right.</summary>
    internal MapValue? ToValue() => MinCapacity is { } min && MaxCapacity is { } max && Fits(min, 0) && Fits(max, 1)
        ? new MapValue { ["MinCapacity"] = new NumberValue((decimal)min), ["MaxCapacity"] = new NumberValue((decimal)max) }
        : null;

    private static void Check(Fields f, string name, double? value, int least)
    {
        if (value is null && !f.Has(name))
            f.Lacks(name, $"serverless capacity needs a \"{name}\"");
        else if (value is { } v && !Fits(v, least))
            f.Broken(name, $"\"{name}\" must be {least} to 256 in steps of 0.5, got {v}");
    }

    private static bool Fits(double value, int least) => value >= least && value <= 256 && value * 2 % 1 == 0;
}
