using System.Collections.Immutable;
using System.Xml.Linq;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>Drift over the Query protocol. Source: AWS CloudFormation API Reference, 2010-05-15.</summary>
internal sealed class StackDriftClient(ServiceCaller caller) : IStackDrift
{
    public Task<string> DetectStackDrift(string stackName, CancellationToken cancel) => caller.Xml(
        Form("DetectStackDrift").Add("StackName", stackName).ToRequest(repeatable: true),
        root => root.Within("StackDriftDetectionId").Value, cancel);

    public Task<DriftDetectionState> DescribeDetection(string detectionId, CancellationToken cancel) => caller.Xml(
        Form("DescribeStackDriftDetectionStatus").Add("StackDriftDetectionId", detectionId).ToRequest(repeatable: true),
        root => root.Within("DescribeStackDriftDetectionStatusResult") is var result
            ? new DriftDetectionState(Detection(result.Need("DetectionStatus")), result.Text("DetectionStatusReason"))
            : throw new FormatException("it has no result"),
        cancel);

    public async Task<ImmutableArray<ResourceDrift>> DescribeStackResourceDrifts(string stackName, CancellationToken cancel)
    {
        var drifts = await Pages.All(token => caller.Xml(
            Form("DescribeStackResourceDrifts").Add("StackName", stackName).Add("MaxResults", "100").Add("NextToken", token)
                .ToRequest(repeatable: true),
            root => (root.Within("DescribeStackResourceDriftsResult").List("StackResourceDrifts").Select(Drift).ToList().AsEnumerable(),
                StackXml.NextToken(root)),
            cancel));
        return [.. drifts];
    }

    private static QueryForm Form(string action) => CloudFormationClient.Form(action);

    private static ResourceDrift Drift(XElement drift) => new(
        drift.Need("LogicalResourceId"),
        drift.Text("PhysicalResourceId") ?? "",
        drift.Need("ResourceType"),
        Status(drift.Need("StackResourceDriftStatus")),
        [.. drift.List("PropertyDifferences")
            .Select(d => new PropertyDifference(d.Need("PropertyPath"), Side(d, "ExpectedValue"), Side(d, "ActualValue")))])
    {
        Reason = drift.Text("DriftStatusReason"),
        ExpectedProperties = drift.Text("ExpectedProperties"),
        ActualProperties = drift.Text("ActualProperties"),
    };

    /// <summary>AWS writes <c>null</c> for a side that has nothing.</summary>
    private static string? Side(XElement difference, string name) => difference.Text(name) is { } text && text != "null" ? text : null;

    /// <summary>Whatever AWS calls what it did not check: NOT_CHECKED, UNKNOWN, UNSUPPORTED.</summary>
    private static DriftStatus Status(string wire) => wire switch
    {
        "IN_SYNC" => DriftStatus.InSync,
        "MODIFIED" => DriftStatus.Modified,
        "DELETED" => DriftStatus.Deleted,
        _ => DriftStatus.NotChecked,
    };

    private static DetectionStatus Detection(string wire) => wire switch
    {
        "DETECTION_IN_PROGRESS" => DetectionStatus.InProgress,
        "DETECTION_COMPLETE" => DetectionStatus.Complete,
        "DETECTION_FAILED" => DetectionStatus.Failed,
        _ => throw new FormatException($"{wire} is no status of a drift detection"),
    };
}
