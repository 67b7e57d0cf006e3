using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Global.Ssm;

/// <summary>A document. Another content makes a new version of it, which is the one that is used from then on.</summary>
public sealed class SsmDocument(Fields f) : Model(f)
{
    // Source: the enumeration of Amazon's schema.
    private static readonly Check Types = Check.OneOf("ApplicationConfiguration", "ApplicationConfigurationSchema", "Automation",
        "Automation.ChangeTemplate", "AutoApprovalPolicy", "ChangeCalendar", "CloudFormation", "Command", "DeploymentStrategy",
        "ManualApprovalPolicy", "Package", "Policy", "ProblemAnalysis", "ProblemAnalysisTemplate", "Session");

    // Source: AWS Systems Manager API Reference, CreateDocument.
    private static readonly ImmutableArray<string> Reserved = ["aws", "amazon", "amzn"];

    private readonly string _content = f.RequiredText("content", "What it says, in JSON or YAML.");

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(true);

    public string DocumentType { get; } =
        f.RequiredText("document_type", "What it is for. A document of another type takes another name.", Types);

    public ImmutableArray<AccountRegions> Locations { get; } =
        f.List("locations", "The accounts and regions it is in.", x => new AccountRegions(x));

    public override string Kind => "SSMDocument";

    protected internal override void Rules(Fields f)
    {
        foreach (var accepted in (string[])["type", "order", "change_protected", "dns_enabled", "force_dns_enabled"])
            f.Ignore(accepted);
        if (Name.Length < 3)
            f.Report(BindingCodes.BadName, Location, $"\"{Name}\" is too short for a document", "3 to 128 characters");
        if (Reserved.FirstOrDefault(r => Name.StartsWith(r, StringComparison.OrdinalIgnoreCase)) is { } reserved)
            f.Report(BindingCodes.BadName, Location, $"names that begin with {reserved} are AWS's own", "put the project's name in front");
        if (Locations.IsEmpty)
            f.Lacks("locations", "the document is nowhere", "locations: [{account: paco.ref accounts.NAME, regions: [us-west-2]}]");
        if (f.Has("content") && DocumentContent.ProblemWith(_content) is { } problem)
            f.Broken("content", $"the content is neither JSON nor YAML: {problem}");
    }

    /// <summary>One that is switched off goes where it exists: it can be made again from here.</summary>
    internal void Build(BuildContext build, Place written)
    {
        var id = new NodeId(new Place(build.AccountOf(written.Account), written.Region), Names.Stack("Resource-SSM", Name, "Document"));
        var stack = build.Stack(id, Path, $"document {Name}", IsEnabled, Location);
        if (!IsEnabled)
            return;
        stack.Resource("Document", "AWS::SSM::Document", new MapValue
        {
            ["Name"] = Name,
            ["DocumentType"] = DocumentType,
            ["DocumentFormat"] = DocumentContent.FormatOf(_content),
            ["Content"] = _content,
            ["UpdateMethod"] = "NewVersion",
        }, Location);
        stack.Output("DocumentName", Fn.Ref("Document"), $"{Path}.{written.Account}.{written.Region}.name");
    }
}
