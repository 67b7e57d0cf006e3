using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.Buckets;

/// <summary>What becomes of objects as they get older. Paco 9 had nothing of the kind.</summary>
public sealed class LifecycleRule(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(true, WhenDisabled.Alone);

    public string? Prefix { get; } = f.Text("prefix", "Only objects whose keys begin with it; all where not given.");

    public Given<int>? ExpirationDays { get; } = f.Int("expiration_days", "Days after which objects are deleted.", min: 1);

    public Given<int>? NoncurrentExpirationDays { get; } =
        f.Int("noncurrent_expiration_days", "Days after which versions that were replaced are deleted.", min: 1);

    public Given<int>? NoncurrentVersionsKept { get; } =
        f.Int("noncurrent_versions_kept", "How many replaced versions stay all the same.", min: 1, max: 100);

    public Given<int>? AbortUploadDays { get; } =
        f.Int("abort_upload_days", "Days after which the parts of an upload that was never finished are deleted.", min: 1);

    public ImmutableArray<StorageTransition> Transitions { get; } =
        f.List("transitions", "When objects move to cheaper storage.", x => new StorageTransition(x));

    public ImmutableArray<StorageTransition> NoncurrentTransitions { get; } =
        f.List("noncurrent_transitions", "When replaced versions move to cheaper storage.", x => new StorageTransition(x));

    protected internal override void Rules(Fields f)
    {
        if (ExpirationDays is null && NoncurrentExpirationDays is null && AbortUploadDays is null && Transitions.IsEmpty
            && NoncurrentTransitions.IsEmpty)
        {
            f.Lacks("expiration_days", $"the lifecycle rule {Name} does nothing", "expiration_days: 90");
        }
        if (NoncurrentVersionsKept is not null && NoncurrentExpirationDays is null)
            f.Broken("noncurrent_versions_kept", "\"noncurrent_versions_kept\" needs \"noncurrent_expiration_days\"");
        if (ExpirationDays is { } end && Transitions.Any(t => t.Days.Value >= end.Value))
            f.Broken("expiration_days", "objects would be deleted before they have moved");
    }

    internal MapValue ToValue() => new()
    {
        ["Id"] = Name,
        ["Status"] = IsEnabled ? "Enabled" : "Disabled",
        ["Prefix"] = Value.Of(Prefix),
        ["ExpirationInDays"] = Value.Of(ExpirationDays),
        ["NoncurrentVersionExpiration"] = NoncurrentExpirationDays is { } days
            ? new MapValue { ["NoncurrentDays"] = days, ["NewerNoncurrentVersions"] = Value.Of(NoncurrentVersionsKept) }
            : null,
        ["AbortIncompleteMultipartUpload"] =
            AbortUploadDays is { } upload ? new MapValue { ["DaysAfterInitiation"] = upload } : null,
        ["Transitions"] = Value.OfMany(Transitions.Select(t => (Value)t.ToValue("TransitionInDays"))),
        ["NoncurrentVersionTransitions"] = Value.OfMany(NoncurrentTransitions.Select(t => (Value)t.ToValue("TransitionInDays"))),
    };
}

/// <summary>A move to another storage class.</summary>
public sealed class StorageTransition(Fields f) : Model(f)
{
    // S3 moves nothing to an infrequent-access class before that.
    private const int InfrequentAfter = 30;

    public Given<int> Days { get; } = f.RequiredInt("days", "Days after which it moves.", min: 0);

    public string StorageClass { get; } = f.RequiredText("storage_class", "Where it moves to.",
        Check.OneOf("STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"));

    protected internal override void Rules(Fields f)
    {
        if (StorageClass is "STANDARD_IA" or "ONEZONE_IA" && Days.Value < InfrequentAfter)
            f.Broken("days", $"S3 moves objects to {StorageClass} after {InfrequentAfter} days at the earliest");
    }

    internal MapValue ToValue(string days) => new() { [days] = Days, ["StorageClass"] = StorageClass };
}
