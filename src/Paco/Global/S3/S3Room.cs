using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Resources.Buckets;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.S3;

public sealed class S3Room : GlobalRoom
{
    private static readonly string[] Ends = ["-policy-S3", "-S3"];

    public override string FileStem => "s3";

    public override string Summary => "Buckets that belong to no application, each in one account and region.";

    public override IEnumerable<DiagnosticCode> Codes => BucketCodes.All;

    public override GlobalResource Bind(Fields f) => new S3(f);

    protected internal override ObjectPath? PathOf(string stackName)
    {
        const string Begin = "S3-Resource-bucket-";
        return stackName.StartsWith(Begin, StringComparison.Ordinal)
            && Ends.FirstOrDefault(e => stackName.EndsWith(e, StringComparison.Ordinal)) is { } end
            && stackName.Length > Begin.Length + end.Length
                ? new($"resource.s3.buckets.{stackName[Begin.Length..^end.Length]}")
                : null;
    }
}

/// <summary>What <c>resource/s3.yaml</c> holds: one stack a bucket.</summary>
public sealed class S3(Fields f) : GlobalResource(f)
{
    public ImmutableArray<GlobalBucket> Buckets { get; } = f.Map("buckets", "Buckets.", x => new GlobalBucket(x));

    protected internal override void Ask(GlobalScope scope)
    {
        foreach (var bucket in Buckets)
            bucket.Ask(scope.Build);
    }

    protected internal override void Build(GlobalScope scope)
    {
        foreach (var bucket in Buckets)
            bucket.Build(scope.Build);
    }
}

/// <summary>A bucket of no application. Switched off it stays as it is.</summary>
public sealed class GlobalBucket(Fields f) : Model(f), IBucket
{
    private readonly BucketSettings _settings = new(f);

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public string? Type { get; } = f.Text("type", "Always S3Bucket, where it is given.", Check.OneOf("S3Bucket"));

    public Enablement Enabled { get; } = f.Enabled(false, WhenDisabled.Kept);

    public int Order { get; } = f.Int("order", "Accepted; order follows from use.", 0, min: 0);

    public bool ChangeProtected { get; } = f.Flag("change_protected", "Never update or delete it, whatever else changes.", false);

    public override string Kind => "S3Bucket";

    protected internal override void Rules(Fields f)
    {
        _settings.Rules(f);
        if (f.Enablement.MustBeWhole && (_settings.Account is null || _settings.Region is null))
        {
            f.Report(BucketCodes.NoPlace, f.Location,
                $"the bucket {Name} needs {(_settings.Account is not null ? "a \"region\"" : _settings.Region is not null ? "an \"account\"" : "an \"account\" and a \"region\"")}",
                "account: paco.ref accounts.ACCOUNT, region: REGION");
        }
    }

    internal void Ask(BuildContext build)
    {
        if (_settings.Account?.Path.Account is not { } account || _settings.Region is not { } region)
            return;
        var id = new NodeId(new Place(build.AccountOf(account), region), StackName(_settings.External ? "policy-S3" : "S3"));
        _settings.Ask(build, ["paco-s3", Name], id, IsEnabled);
    }

    internal void Build(BuildContext build)
    {
        if (build.Buckets.Find(ToRef()) is not { } known)
            return;
        var label = Names.Camel(Name);
        var hasGrants = build.Buckets.GrantsOn(Path).Count > 0;
        var policy = build.Stack(known.Policy with { Name = StackName("policy-S3") }, Path, $"bucket {Name} policy",
            known.IsExternal && IsEnabled && hasGrants, Location);
        policy.ChangeProtected = ChangeProtected;
        if (known.IsExternal)
        {
            if (hasGrants)
                _settings.BuildPolicy(build, known, policy, label);
            return;
        }
        var stack = build.Stack(known.Policy, Path, $"bucket {Name}", IsEnabled, Location);
        stack.ChangeProtected = ChangeProtected;
        stack.After.Add(policy.Id);
        _settings.Build(build, known, stack, label);
    }

    private string StackName(string suffix) => Names.Stack("S3-Resource-bucket", Name, suffix);
}
