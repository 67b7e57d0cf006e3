using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Resources.Buckets;
using Paco.Stacks;

namespace Paco.Resources.S3Bucket;

public sealed class S3BucketRoom : Room
{
    public override string Type => "S3Bucket";

    public override string Summary => "A bucket of S3 with its policy, private unless the policy says otherwise.";

    public override IEnumerable<DiagnosticCode> Codes => BucketCodes.All;

    public override AppResource Bind(Fields f) => new S3Bucket(f);
}

/// <summary>A bucket of an application. Switched off it stays as it is: emptied, its stack would leave the bucket to nobody.</summary>
public sealed class S3Bucket(Fields f) : AppResource(f, WhenDisabled.Kept), IBucket, IAsking, IBackedUp
{
    private readonly BucketSettings _settings = new(f);

    public SavedResource Saved => new(ToRef().Output("arn")) { IsBucket = true };

    protected internal override void Rules(Fields f) => _settings.Rules(f);

    public void Ask(BuildScope scope)
    {
        string[] names = ["ne", .. scope.Names.Take(2), "app", .. scope.Names.Skip(2)];
        _settings.Ask(scope.Build, names, StackId(scope), IsEnabled);
    }

    protected internal override void Build(BuildScope scope)
    {
        if (scope.Build.Buckets.Find(ToRef()) is not { } known)
            return;
        var there = scope with { Place = known.Place };
        var label = Names.Camel(Name);
        // Paco 9 kept what others need of the policy in a stack of its own: that one lets go first, for a bucket has one policy.
        var policy = there.Stack(this, "policy-S3", "policy", enabled: known.IsExternal && IsEnabled && HasGrants(scope));
        if (known.IsExternal)
        {
            if (HasGrants(scope))
                _settings.BuildPolicy(scope.Build, known, policy, label);
            return;
        }
        var stack = there.Stack(this, "S3");
        stack.After.Add(policy.Id);
        _settings.Build(scope.Build, known, stack, label);
    }

    private bool HasGrants(BuildScope scope) => scope.Build.Buckets.GrantsOn(Path).Count > 0;

    private NodeId StackId(BuildScope scope)
    {
        var account = _settings.Account?.Path.Account is { } own ? scope.Build.AccountOf(own) : scope.Place.Account;
        return new NodeId(new Place(account, _settings.Region ?? scope.Place.Region),
            Names.Stack([scope.Prefix, .. scope.OwnNames, _settings.External ? "policy-S3" : "S3"]));
    }
}
