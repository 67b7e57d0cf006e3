using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;

namespace Paco.Global.Config;

/// <summary>A recorder in each account and region. Switched off, nothing is recorded; the bucket stays.</summary>
public sealed class Recorder(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public int Order { get; } = f.Int("order", "Accepted; order follows from use.", 0, min: 0);

    public bool ChangeProtected { get; } = f.Flag("change_protected", "Never update or delete it, whatever else changes.", false);

    public string DeliveryFrequency { get; } = f.Text("delivery_frequency", "How often a snapshot is delivered.", "One_Hour",
        Check.OneOf("One_Hour", "Three_Hours", "Six_Hours", "Twelve_Hours", "TwentyFour_Hours"));

    public string GlobalResourcesRegion { get; } = f.RequiredText("global_resources_region",
        "The region where services without regions (IAM) are recorded, and where the bucket is.", Regions.Check);

    public Ref? BucketAccount { get; } = f.Ref("s3_bucket_logs_account",
        "The account with the bucket. Another account is another bucket: what was recorded stays in the old one.", "Account",
        required: true);

    public ImmutableArray<RecorderLocation> Locations { get; } = f.List("locations",
        "Accounts with regions; all of both that the project has where not given.", x => new RecorderLocation(x));

    public override string Kind => "Config";

    protected internal override void Rules(Fields f)
    {
        f.Ignore("type");
        foreach (var same in Locations.Where(l => l.Account is not null).GroupBy(l => l.Account!.Path).Where(g => g.Count() > 1))
        {
            f.Report(BindingCodes.BrokenRule, same.Last().Location, $"two locations are of {same.Key.Last}",
                "write all its regions in one");
        }
    }
}

/// <summary>An account and regions of it.</summary>
public sealed class RecorderLocation(Fields f) : Model(f)
{
    public Ref? Account { get; } = f.Ref("account", "The account.", "Account", required: true);

    public ImmutableArray<string> OwnRegions { get; } =
        f.Texts("regions", "Its regions; all that the project uses where not given.", Regions.Check);
}
