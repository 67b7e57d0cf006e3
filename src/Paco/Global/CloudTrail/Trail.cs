using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Monitoring;

namespace Paco.Global.CloudTrail;

/// <summary>
/// One trail in every account, all into one bucket. Switched off, what exists stays and records nothing: taken away, nobody could say
/// later what happened before.
/// </summary>
public sealed class Trail(Fields f) : Model(f)
{
    public static readonly DiagnosticCode TooManyTrails = new("PACO3083", Severity.Error, "more trails than AWS allows",
        "AWS lets an account have five trails in a region, those of other regions that cover all of them included.");

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false, WhenDisabled.Kept);

    public int Order { get; } = f.Int("order", "Accepted; order follows from use.", 0, min: 0);

    public bool ChangeProtected { get; } = f.Flag("change_protected", "Never update or delete it, whatever else changes.", false);

    public ImmutableArray<Ref> Accounts { get; } =
        f.Refs("accounts", "The accounts whose events it records; all of the project where not given.", "Account");

    public Ref? BucketAccount { get; } = f.Ref("s3_bucket_account",
        "The account with the bucket, and the key where there is one. Another account is another bucket: what was recorded stays in the old one.",
        "Account", required: true);

    public string? Region { get; } = Regions.Given(f.Text("region",
        "The region its trails, bucket and key are in; by default that of each account.", Regions.None, Regions.OrNone));

    public Given<bool> IsMultiRegion { get; } = f.Flag("is_multi_region_trail", "Record what happens in every region.", true);

    public Given<bool> IncludesGlobalEvents { get; } =
        f.Flag("include_global_service_events", "Record what happens in services without regions, such as IAM.", true);

    public Given<bool> ValidatesFiles { get; } =
        f.Flag("enable_log_file_validation", "Write digests that tell later whether somebody changed or deleted a file.", true);

    public bool IsEncrypted { get; } =
        f.Flag("enable_kms_encryption", "Encrypt with a key of its own, which costs a dollar a month and only `kms_users` can use.", false);

    public ImmutableArray<RefOrText> KmsUsers { get; } = f.RefsOrTexts("kms_users",
        "Users of the management account that may decrypt, as references or by name; their own permissions must let them, too. Without a key they count for nothing.", "IAMUser");

    public string KeyPrefix { get; } = f.Text("s3_key_prefix", "What the names of all files in the bucket begin with.", "",
        Check.Of("at most 200 characters without / at either end", t => t.Length <= 200 && !t.StartsWith('/') && !t.EndsWith('/')));

    public LogGroup? LogGroup { get; } = f.Object("cloudwatchlogs_log_group",
        "A log group of every account that gets the events too: quicker to search than the bucket.", x => new LogGroup(x));

    public override string Kind => "CloudTrail";

    protected internal override void Rules(Fields f)
    {
        f.Ignore("type");
        if (IsMultiRegion && !IncludesGlobalEvents)
        {
            f.Broken("include_global_service_events", "a trail of all regions records services without regions, too",
                "write include_global_service_events: true, or is_multi_region_trail: false");
        }
        if (LogGroup is { LogGroupName.Length: 0 })
            f.Lacks("cloudwatchlogs_log_group", "the log group needs a \"log_group_name\"", "log_group_name: CloudTrail");
        if (LogGroup is { Sources.IsEmpty: false })
            f.Broken("cloudwatchlogs_log_group", "CloudTrail writes to the log group; \"sources\" are files of instances");
    }
}
