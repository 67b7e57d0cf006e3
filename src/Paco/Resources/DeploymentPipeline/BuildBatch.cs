using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>Builds that run as one. Which there are the build specification says.</summary>
public sealed class BuildBatch : Model
{
    public BuildBatch(Fields f)
        : base(f)
    {
        Enabled = f.Enabled(false);
        ReportMode = f.Text("batch_report_mode", "Tell the source's provider of the batch as a whole, or of each build.",
            "REPORT_AGGREGATED_BATCH", Check.OneOf("REPORT_AGGREGATED_BATCH", "REPORT_INDIVIDUAL_BUILDS"));
        CombineArtifacts = f.Flag("combine_artifacts", "Put what all builds make into one place.", false);
        Timeout = f.Int("timeout_in_mins", "Minutes the whole batch may take.", 480, min: 5, max: 480);
        Restrictions = f.Object("restrictions", "What a batch may take.", x => new BatchRestrictions(x));
        f.WarnOfRest();
    }

    public Enablement Enabled { get; }

    public string ReportMode { get; }

    public Given<bool> CombineArtifacts { get; }

    public Given<int> Timeout { get; }

    public BatchRestrictions? Restrictions { get; }

    internal MapValue ToValue(Value role) => new()
    {
        ["ServiceRole"] = role,
        ["BatchReportMode"] = ReportMode,
        ["CombineArtifacts"] = CombineArtifacts,
        ["TimeoutInMins"] = Timeout,
        ["Restrictions"] = Restrictions?.ToValue(),
    };
}

/// <summary>How many builds a batch has at most, and on which machines.</summary>
public sealed class BatchRestrictions : Model
{
    private static readonly string[] Usual =
        ["BUILD_GENERAL1_SMALL", "BUILD_GENERAL1_MEDIUM", "BUILD_GENERAL1_LARGE", "BUILD_GENERAL1_2XLARGE"];

    public BatchRestrictions(Fields f)
        : base(f)
    {
        ComputeTypes = f.Texts("compute_types_allowed",
            "The sizes of machines its builds may ask for; without any those of Linux on Intel but BUILD_GENERAL1_XLARGE.",
            Check.OneOf([.. BuildMachine.Sizes]));
        MostBuilds = f.Int("maximum_builds_allowed", "How many builds it may have.", 100, min: 1, max: 100);
        f.WarnOfRest();
    }

    public ImmutableArray<string> ComputeTypes { get; }

    public Given<int> MostBuilds { get; }

    internal MapValue ToValue() => new()
    {
        ["ComputeTypesAllowed"] = Value.OfMany(ComputeTypes.IsEmpty ? Usual : ComputeTypes),
        ["MaximumBuildsAllowed"] = MostBuilds,
    };
}
