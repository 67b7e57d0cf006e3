using System.Collections.Immutable;
using Paco.Binding;
using Paco.Resources.Dns;
using Paco.Stacks;

namespace Paco.Resources.Rds;

/// <summary>A database on one instance (with a standby where asked), and its stack <c>…-RDS</c>.</summary>
public abstract class DatabaseInstance(Fields f) : Database(f), IBackedUp
{
    public string? DbInstanceType { get; } = f.Text("db_instance_type", "The machine it runs on.", InstanceClass);

    public Given<int>? StorageSizeGb { get; } = f.Int("storage_size_gb", "GiB of storage; it can grow, never shrink.", min: 5, max: 65536);

    public string? StorageType { get; } = f.Text("storage_type", "The kind of storage; AWS takes gp3 where not given.",
        Check.Known("storage type", "gp3", "gp2", "standard", "io1", "io2"));

    public Given<int>? Iops { get; } =
        f.Int("iops", "Operations a second: io1 and io2 need it, gp3 takes it for more than the 3,000 it includes.", min: 1000,
            max: 256000);

    public Given<bool> StorageEncrypted { get; } =
        f.Flag("storage_encrypted", "Encrypt storage, backups and snapshots. A change replaces the database.", false);

    public RefOrText? KmsKeyId { get; } =
        f.RefOrText("kms_key_id", "The key it is encrypted with; AWS's own for RDS where not given. A change replaces the database.");

    public Ref? ParameterGroup { get; } =
        f.Ref("parameter_group", "A parameter group; one of its own with AWS's defaults where not given.", "DBParameterGroup");

    public ImmutableArray<OptionConfiguration> OptionConfigurations { get; } =
        f.List("option_configurations", "Options of the engine.", x => new OptionConfiguration(x));

    public string? LicenseModel { get; } = f.Text("license_model", "Who brings the licence.",
        Check.Known("licence model", "license-included", "bring-your-own-license", "general-public-license", "postgresql-license"));

    public Given<bool> PubliclyAccessible { get; } = f.Flag("publically_accessible", "Give it a public address.", false);

    public Given<bool>? AllowMajorVersionUpgrade { get; } =
        f.Flag("allow_major_version_upgrade", "Let a new engine_version be another major line.");

    public Given<bool>? AutoMinorVersionUpgrade { get; } =
        f.Flag("auto_minor_version_upgrade", "Let AWS move to newer minor versions in the maintenance window.");

    /// <summary>A standby in a second availability zone; null where the engine has none.</summary>
    internal abstract bool? StandbyZone { get; }

    /// <summary>The bucket that native backups go to and come from, where the engine has them.</summary>
    internal virtual Ref? BackupBucket => null;

    public SavedResource Saved =>
        new(ToRef().Output("name"), "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:db:${Name}");

    protected internal override void Rules(Fields f)
    {
        base.Rules(f);
        if (KmsKeyId is not null && !StorageEncrypted)
            f.Broken("kms_key_id", "a \"kms_key_id\" needs storage_encrypted: true");
        CheckIops(f);
        var (min, max) = StorageLimits();
        if (StorageSizeGb is { } size && (size < min || size > max))
            f.Broken("storage_size_gb", $"{Engine.Name} takes {min} to {max} GiB of {StorageType ?? "gp3"} storage, got {size}");
        if (DbInstanceType is null)
            f.Lacks("db_instance_type", "a database needs a \"db_instance_type\", such as db.t4g.micro");
        if (StorageSizeGb is null && DbSnapshotIdentifier is null && !f.Has("storage_size_gb"))
            f.Lacks("storage_size_gb", "a new database needs a \"storage_size_gb\"");
    }

    protected internal override void Build(BuildScope scope)
    {
        var stack = scope.Stack(this, "RDS");
        stack.Capabilities = ["CAPABILITY_IAM"];
        if (IsEnabled)
        {
            CheckIdentifier(scope, stack.Id.Name);
            CheckZones(scope);
            CheckSecret(scope);
            CheckFamily(scope, ParameterGroup);
            new InstanceTemplate(this, stack).Build();
        }
        RecordSets.Build(scope, this, Dns, new ValueTarget("CNAME", ToRef().Output("endpoint.address")));
    }

    // The stack's name becomes the instance's identifier, for which RDS has narrower rules than CloudFormation.
    private void CheckIdentifier(BuildScope scope, string name)
    {
        if (name.Length > 63)
        {
            scope.Build.Bag.Add(StackCodes.NameTooLong, Location,
                $"the database would be called {name}, which has {name.Length} characters; RDS allows 63",
                "shorten the name of the network environment, environment, application, group or resource", subject: Path);
        }
        if (name.Contains("--", StringComparison.Ordinal))
        {
            scope.Build.Bag.Add(BindingCodes.BadName, Location, $"the database would be called {name}; RDS allows no two hyphens in a row",
                "rename what ends or begins with - or _", subject: Path);
        }
    }

    // Source: Amazon RDS User Guide, "Amazon RDS DB instance storage".
    private void CheckIops(Fields f)
    {
        const int SmallestGp3 = 400;
        var isProvisioned = StorageType is "io1" or "io2";
        if (isProvisioned && Iops is null && !f.Has("iops"))
        {
            f.Lacks("storage_type", $"{StorageType} storage needs its \"iops\"",
                "iops: 1000, or storage_type: gp3, which has 3,000 included");
        }
        else if (Iops is not null && StorageType is "gp2" or "standard")
        {
            f.Broken("iops", $"{StorageType} storage takes no \"iops\"", "storage_type: gp3 or io2");
        }
        else if (Iops is not null && !isProvisioned && Engine.Name != "sqlserver-ex" && StorageSizeGb is { } size && size < SmallestGp3)
        {
            f.Broken("iops", $"{Engine.Name} takes \"iops\" of gp3 from {SmallestGp3} GiB on, got {size}",
                "leave \"iops\" out: 3,000 are included");
        }
    }

    private (int Min, int Max) StorageLimits() => (Engine.Name, StorageType) switch
    {
        ("sqlserver-ex", "standard") => (20, 1024),
        ("sqlserver-ex", _) => (20, 16384),
        (_, "standard") => (5, 3072),
        _ => (20, 65536),
    };
}
