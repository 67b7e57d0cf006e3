using System.Collections.Immutable;
using System.Xml.Linq;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>Reads DescribeChangeSet's answers.</summary>
internal static class ChangeSetXml
{
    /// <summary>Everything but the changes, which come in pages.</summary>
    public static ChangeSet Read(XElement root)
    {
        var result = root.Within("DescribeChangeSetResult");
        return new ChangeSet(
            result.Need("ChangeSetId"), result.Need("StackId"), result.Need("Status"), result.Text("StatusReason"), [])
        {
            RevertsDrift = result.Text("DeploymentMode") == "REVERT_DRIFT",
        };
    }

    public static ImmutableArray<ChangeSetChange> Changes(XElement root) =>
        [
            .. root.Within("DescribeChangeSetResult").List("Changes").Select(c => c.Element(c.Name.Namespace + "ResourceChange"))
                .OfType<XElement>().Select(Change),
        ];

    private static ChangeSetChange Change(XElement c) => new(
        c.Text("Action") ?? "",
        c.Need("LogicalResourceId"),
        c.Text("ResourceType") ?? "",
        c.Text("Replacement"),
        c.Text("PolicyAction"),
        [.. c.List("Details").GroupBy(Place).SelectMany(Causes).Select(Detail).OfType<ChangeSetDetail>()])
    {
        ResourceDriftStatus = c.Text("ResourceDriftStatus"),
    };

    private static (string?, string?, string?) Place(XElement d) => d.Element(d.Name.Namespace + "Target") is { } target
        ? (target.Text("Attribute"), target.Text("Name"), target.Text("Path")) : default;

    // What a parameter or another resource changes is told once more without them, as something only known later.
    private static IEnumerable<XElement> Causes(IEnumerable<XElement> ofOnePlace)
    {
        var all = ofOnePlace.ToList();
        var caused = all.Where(d => d.Text("CausingEntity") is not null).ToList();
        return caused.Count == 0 ? all : caused.Concat(all.Except(caused).Where(d => d.Text("Evaluation") != "Dynamic"));
    }

    private static ChangeSetDetail? Detail(XElement d) => d.Element(d.Name.Namespace + "Target") is { } target
        ? new ChangeSetDetail(
            target.Text("Attribute") ?? "",
            target.Text("Name"),
            target.Text("RequiresRecreation") ?? "Never",
            d.Text("Evaluation"),
            target.Text("BeforeValue"),
            target.Text("AfterValue"))
        {
            CausingEntity = d.Text("CausingEntity"),
        }
        : null;
}
