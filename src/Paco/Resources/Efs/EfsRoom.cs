using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Resources.Efs;

public sealed class EfsRoom : Room
{
    public override string Type => "EFS";

    public override string Summary =>
        "A file system that many servers share, reached in every availability zone. An ASG mounts it through `efs_mounts:`.";

    public override AppResource Bind(Fields f) => new Efs(f);
}

/// <summary>A file system with a mount target in each of the network's zones.</summary>
public sealed class Efs(Fields f) : AppResource(f), IFileSystem, IBackedUp
{
    private const string Bursting = "bursting";
    private const string Provisioned = "provisioned";
    private const string Elastic = "elastic";

    private static readonly int[] AllDays = [1, 7, 14, 30, 60, 90, 180, 270, 365];

    public bool EnableAutomaticBackups { get; } =
        f.Flag("enable_automatic_backups", "A backup every day, kept for 35 days, also beyond the file system's own life.", true);

    public Given<bool> Encrypted { get; } =
        f.Flag("encrypted", "Encrypt it at rest. A change makes another, empty file system, and deletes the old one.", true);

    public RefOrText? KmsKeyId { get; } = f.RefOrText("kms_key_id",
        "The KMS key it is encrypted with; AWS's own where not given. A change makes another, empty file system.");

    public ImmutableArray<Ref> SecurityGroups { get; } = f.Refs("security_groups",
        "Security groups of its mount targets: they let port 2049 in from the servers that mount it.", "SecurityGroup");

    public RefOrText? Segment { get; } =
        f.RefOrText("segment", "The segment its mount targets are in, by its bare name. Without one nothing can mount it.", "Segment");

    public string? ThroughputMode { get; } = f.Text("throughput_mode",
        "elastic: as fast as needed, paid by use; bursting (AWS's default): faster the more is in it; provisioned: what is bought.",
        Check.OneOf(Elastic, Bursting, Provisioned));

    public Given<int>? ProvisionedThroughput { get; } =
        f.Int("provisioned_throughput", "MiB a second, with throughput_mode: provisioned.", min: 1, max: 3414);

    public Given<int>? InfrequentAccessAfterDays { get; } = f.Int("infrequent_access_after_days",
        $"Days without use after which a file is moved to cheaper storage: {string.Join(", ", AllDays)}.");

    public Given<int>? ArchiveAfterDays { get; } = f.Int("archive_after_days",
        "Days without use after which a file is moved to the cheapest storage, with throughput_mode: elastic.");

    public bool BackAfterAccess { get; } =
        f.Flag("back_after_access", "Move a file back to the usual storage when it is used again.", false);

    public bool TlsOnly { get; } =
        f.Flag("tls_only", "Refuse mounts that are not encrypted on the way. Those of an ASG's efs_mounts are.", false);

    IReadOnlyList<Ref> IFileSystem.SecurityGroups => SecurityGroups;

    Diagnostics.Location IFileSystem.SecurityGroupsPlace => PlaceOf("security_groups");

    SavedResource IBackedUp.Saved => new(ToRef().Output("arn")) { GoesCold = true };

    bool IFileSystem.HasMountTargets => Segment is not null;

    protected internal override void Rules(Fields f)
    {
        if (SecurityGroups.IsEmpty && !f.Has("security_groups"))
            f.Lacks("security_groups", "an EFS needs \"security_groups\": they say who may mount it");
        if (KmsKeyId is not null && !Encrypted)
            f.Broken("kms_key_id", "a \"kms_key_id\" is for encrypted file systems", "encrypted: true");
        CheckThroughput(f);
        CheckDays(f);
    }

    private void CheckThroughput(Fields f)
    {
        if (ThroughputMode == Provisioned && ProvisionedThroughput is null)
            f.Lacks("throughput_mode", "throughput_mode: provisioned needs a \"provisioned_throughput\"");
        else if (ProvisionedThroughput is not null && ThroughputMode != Provisioned)
            f.Broken("provisioned_throughput", "\"provisioned_throughput\" is for throughput_mode: provisioned");
    }

    private void CheckDays(Fields f)
    {
        foreach (var (field, days) in new[]
        {
            ("infrequent_access_after_days", InfrequentAccessAfterDays), ("archive_after_days", ArchiveAfterDays),
        })
        {
            if (days is { } given && !AllDays.Contains(given))
                f.Broken(field, $"EFS does not move files after {given.Value} days", $"one of {string.Join(", ", AllDays)}");
        }
        if (ArchiveAfterDays is not { } archive)
            return;
        if (ThroughputMode != Elastic)
            f.Broken("archive_after_days", "only a file system with throughput_mode: elastic has an archive");
        if (InfrequentAccessAfterDays is { } moved && archive.Value <= moved)
        {
            f.Broken("archive_after_days",
                $"files are archived (after {archive.Value} days) before they are moved to cheaper storage (after {moved.Value})");
        }
    }

    protected internal override void Build(BuildScope scope)
    {
        var stack = scope.Stack(this, "EFS");
        if (IsEnabled)
            new EfsTemplate(this, stack).Build(scope);
    }
}
