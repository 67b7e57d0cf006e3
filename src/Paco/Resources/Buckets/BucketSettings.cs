using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Resources.Buckets;

/// <summary>The fields of a bucket, whether it stands in an application or below <c>resource/</c>.</summary>
internal sealed class BucketSettings(Fields f)
{
    private static readonly Check NamePart =
        Check.Matching("letters, digits, dots, - and _", "^[A-Za-z0-9][A-Za-z0-9._-]*$");

    public ObjectPath Path { get; } = f.Path;

    public Location Location { get; } = f.Location;

    public Ref? Account { get; } = f.Ref("account", "The account it is in; by default that of its environment.", "Account");

    public string? Region { get; } = Regions.Given(f.Text("region", "The region it is in; by default that of its environment.",
        Regions.None, Regions.OrNone));

    public string BucketName { get; } = f.Text("bucket_name",
        "The last part of its name; the whole name with `external_resource`. Another name is another bucket.", "bucket", NamePart);

    public bool AddPacoSuffix { get; } =
        f.Flag("add_paco_suffix", "End the name in the project's `s3bucket_hash`, so that nobody else has it.", false);

    public bool External { get; } =
        f.Flag("external_resource", "It exists already under exactly its `bucket_name`; none is made.", false);

    public Given<bool> Versioning { get; } = f.Flag("versioning", "Keep what is overwritten or deleted as older versions.", false);

    public string DeletionPolicy { get; } = f.Text("deletion_policy",
        "What becomes of it and everything in it when its stack is deleted: `delete`, which needs --allow-destroy, or `retain`.", "delete",
        Check.OneOf("delete", "retain"));

    public bool BucketOwnerPreferred { get; } = f.Flag("bucket_owner_preferred",
        "Let objects have access control lists, and own those that others write with bucket-owner-full-control.", false);

    public Given<bool>? BlockPublicAccess { get; } = f.Flag("block_public_access",
        "Let nobody in from outside, whatever policies and access control lists say. Where not given: as far as the policy lets everybody in, not.");

    public Given<bool>? TlsOnly { get; } = f.Flag("tls_only",
        "Refuse requests without TLS. Where not given: unless the policy lets everybody in or it is a website.");

    public bool CloudfrontOrigin { get; } =
        f.Flag("cloudfront_origin", "Make an origin access identity for CloudFront that may read its objects.", false);

    public ImmutableArray<BucketStatement> Policy { get; } =
        f.List("policy", "Statements of its policy.", x => new BucketStatement(x));

    public ImmutableArray<LifecycleRule> Lifecycle { get; } =
        f.Map("lifecycle", "What becomes of objects as they get older.", x => new LifecycleRule(x));

    public BucketNotifications? Notifications { get; } =
        f.Object("notifications", "Who is told of what happens in it.", x => new BucketNotifications(x));

    public ImmutableArray<ReplicationRule> Replication { get; } =
        f.Map("replication", "Buckets that everything new is copied to.", x => new ReplicationRule(x));

    public StaticWebsite? Website { get; } =
        f.Object("static_website_hosting", "Let it answer as a website.", x => new StaticWebsite(x));

    public bool IsWebsite => Website is { IsEnabled: true };

    public void Rules(Fields f)
    {
        if (External && !f.Has("bucket_name"))
            f.Lacks("external_resource", "a bucket that exists already needs its whole \"bucket_name\"");
        if (External && AddPacoSuffix)
            f.Broken("add_paco_suffix", "the name of a bucket that exists already is its \"bucket_name\" alone");
        if (Policy.GroupBy(p => p.Sid ?? "").FirstOrDefault(g => g.Key.Length > 0 && g.Count() > 1) is { } twice)
            f.Report(BindingCodes.BrokenRule, twice.Last().Location, $"two statements are called \"{twice.Key}\"", "rename one");
    }

    /// <summary>Its name in AWS, of the parts that stand before <c>bucket_name</c>; a name nobody can have is reported.</summary>
    public string NameOf(BuildContext build, IEnumerable<string> before, string region)
    {
        if (AddPacoSuffix && build.BucketHash.Length == 0)
        {
            build.Bag.Add(BindingCodes.BrokenRule, Location, "\"add_paco_suffix\" needs an \"s3bucket_hash\" in project.yaml",
                "write s3bucket_hash: and up to 12 letters and digits there", subject: Path);
        }
        if (External && Buckets.BucketName.MayExist(BucketName))
            return BucketName;
        var name = External
            ? BucketName
            : Buckets.BucketName.Of([.. before, BucketName, AddPacoSuffix ? build.BucketHash : ""], region);
        if (NamePart.Holds(BucketName) && Buckets.BucketName.Fault(name) is { } fault)
        {
            build.Bag.Add(BucketCodes.BadName, Location, $"the bucket would be called {name}: that {fault}", "change its bucket_name",
                subject: Path);
        }
        return name;
    }

    /// <summary>Makes the bucket known, before anything is built, and asks for what it needs of others.</summary>
    /// <param name="before">What stands before <c>bucket_name</c> in its name.</param>
    /// <param name="stack">The id of the bucket's stack, or of the one that has the policy of a bucket that exists already.</param>
    public void Ask(BuildContext build, IEnumerable<string> before, NodeId stack, bool isEnabled)
    {
        var known = new KnownBucket(NameOf(build, before, stack.Place.Region), stack.Place, stack)
        {
            IsEnabled = isEnabled, IsExternal = External, IsVersioned = Versioning, IsWebsite = IsWebsite,
        };
        build.Buckets.Add(Path, known);
        Bucket.Offer(build, Path, known);
        if (!External && build.Claim($"bucket {known.Name}", Path) is { } other)
        {
            build.Bag.Add(StackCodes.NameTaken, Location, $"two buckets would be called {known.Name}: this one and {other}",
                "give one of them another bucket_name", subject: Path);
        }
        if (isEnabled)
            ReplicationFrom(known)?.Ask(build);
    }

    /// <summary>Writes the bucket into its stack.</summary>
    public void Build(BuildContext build, KnownBucket known, StackBuilder stack, string label)
    {
        var replication = ReplicationFrom(known);
        replication?.Write(stack, build);
        Website?.RedirectRequests?.CheckTarget(build, Path);
        var bucket = ToBucket(build, known, label) with
        {
            Further = new MapValue
            {
                ["NotificationConfiguration"] = Notifications?.ToValue(stack),
                ["ReplicationConfiguration"] = replication?.ToValue(build),
                ["WebsiteConfiguration"] = IsWebsite ? Website!.ToValue(stack) : null,
            },
            Needs = replication?.Needs ?? [],
        };
        if (BlockPublicAccess is { Value: true } && BucketPolicy.IsPublic(bucket.Statements))
        {
            build.Bag.Add(BindingCodes.BrokenRule, Location, "the policy lets everybody in, which \"block_public_access\" forbids",
                "take one of the two out", subject: Path);
        }
        bucket.Write(stack);
        if (IsWebsite)
            stack.Output($"{label}BucketWebsite", StaticWebsite.HostOf($"{label}Bucket"), $"{Path}.website");
    }

    /// <summary>
    /// The policy of a bucket that exists already, where others need statements in it: those, and what is configured, become all of it.
    /// </summary>
    public void BuildPolicy(BuildContext build, KnownBucket known, StackBuilder stack, string label) =>
        (ToBucket(build, known, label) with { IsTlsOnly = TlsOnly?.Value ?? false }).WritePolicy(stack, []);

    private Bucket ToBucket(BuildContext build, KnownBucket known, string label) => new()
    {
        Known = known,
        Ref = Path,
        Label = label,
        Location = Location,
        IsVersioned = Versioning,
        KeepsAccessLists = BucketOwnerPreferred,
        BlocksPublicAccess = BlockPublicAccess?.Value,
        IsTlsOnly = TlsOnly?.Value ?? (IsWebsite ? false : null),
        HasOriginIdentity = CloudfrontOrigin,
        IsDeletedWithStack = DeletionPolicy == "delete",
        Statements = [.. Policy.Select(p => p.ToValue(known.Arn)), .. Granted(build, known)],
        Lifecycle = [.. Lifecycle.Select(r => r.ToValue())],
    };

    /// <summary>What others ask of its policy; the same statement of two is written once.</summary>
    private IEnumerable<MapValue> Granted(BuildContext build, KnownBucket known) =>
        build.Buckets.GrantsOn(Path).SelectMany(g => g.Statements(known)).DistinctBy(s => s.ToJson().ToJsonString());

    private Replication? ReplicationFrom(KnownBucket known) =>
        Replication.IsEmpty ? null : new Replication(this, known, Replication);
}
