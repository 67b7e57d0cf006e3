using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Asks CloudFormation itself what an update would do and lays its answer beside ours: it knows cases Amazon's schemas do not
/// tell, and we keep values it drops. Where the two disagree about a replacement the graver one counts, and the plan says so.
/// </summary>
internal static class ChangeSetCheck
{
    /// <summary>
    /// The planned update with CloudFormation's opinion; unchanged where values are missing, the template is too large to ask inline, or
    /// another one is sent first.
    /// </summary>
    /// <param name="values">Values as they are sent, secrets among them.</param>
    public static async Task<PlannedStack> Ask(ICloud cloud, PlannedStack planned, IValues values, TimeProvider time,
        CancellationToken cancel)
    {
        if (planned.Parameters.ContainsValue(null) || !TemplateSource.IsInline(planned.Body) || !planned.Imports.IsEmpty)
            return planned;
        var sets = new ChangeSetMaker(cloud.CloudFormation(planned.Id.Place), time, ChangeSetMaker.Longest);
        try
        {
            var set = await sets.Make(sets.Request(await Request(planned, values), "plan"), cancel);
            await sets.Drop(set.Id, CancellationToken.None);
            return set switch
            {
                { IsEmpty: true } => planned,
                { Status: "FAILED" } => planned with
                {
                    Reason = $"CloudFormation objects: {set.StatusReason}", IsObjectedTo = true,
                },
                _ => planned with { Changes = [.. planned.Changes.Select(c => Merge(c, set)), .. Unseen(planned, set)] },
            };
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.AccessDenied or CloudErrorKind.Unsupported or CloudErrorKind.NotFound)
        {
            // Nobody may ask, or the stack is gone by now: a plan is good without a second opinion, and a run looks again.
            return planned;
        }
    }

    private static async Task<StackRequest> Request(PlannedStack planned, IValues values) => new()
    {
        StackName = planned.Id.Name,
        Template = new TemplateSource(planned.Body, null),
        Parameters = [.. await Task.WhenAll(planned.Stack.Parameters.Select(p => Sent(p, planned, values)))],
        Tags = planned.Stack.Tags,
        Capabilities = planned.Stack.Capabilities,
        ClientRequestToken = "",
    };

    // A secret that stays as it is deployed is not sent.
    private static async Task<StackParameter> Sent(Parameter parameter, PlannedStack planned, IValues values) =>
        !parameter.NoEcho ? new StackParameter(parameter.Name, planned.Parameters[parameter.Name])
        : planned.Deployed!.Parameters.ContainsKey(parameter.Name) && !PlannedValues.IsSent(planned.Parameters[parameter.Name])
            ? new StackParameter(parameter.Name, null, UsePreviousValue: true)
            : new StackParameter(parameter.Name, await parameter.Source.Value(values)) { IsSecret = true };

    private static ResourceChange Merge(ResourceChange ours, ChangeSet set)
    {
        if (ours.Kind is ChangeKind.Create or ChangeKind.Import or ChangeKind.Delete
            || set.Changes.FirstOrDefault(c => c.LogicalResourceId == ours.LogicalId) is not { } theirs)
        {
            return ours;
        }
        return (ours.Kind, theirs.Replacement) switch
        {
            (ChangeKind.Update, "True") =>
                ours with { Kind = ChangeKind.Replace, Remark = "CloudFormation says it is replaced; Amazon's schema does not" },
            (ChangeKind.Update, "Conditional") when MayReplace(theirs) => ours with { Remark = "CloudFormation says it may be replaced" },
            (ChangeKind.Replace, "False") => ours with { Remark = "Amazon's schema says it is replaced; CloudFormation does not" },
            _ => Dropped(ours, theirs) is { Count: > 0 } dropped
                ? ours with { Remark = $"CloudFormation says nothing of {string.Join(", ", dropped)}; the values are the templates'" }
                : ours,
        };
    }

    // What moves is known from the table of types, and so is what an update policy decides; CloudFormation leaves both open.
    private static bool MayReplace(ChangeSetChange theirs)
    {
        var facts = ResourceFacts.Of(theirs.ResourceType);
        ImmutableArray<string> staying = [.. facts.Rolls?.With ?? [], .. facts.Stays];
        return theirs.Details.IsEmpty
            || theirs.Details.Any(d => d is { RequiresRecreation: not "Never", Evaluation: not "Dynamic" }
                && !staying.Contains(d.Name ?? ""));
    }

    // Properties that change by the templates, and that the set leaves out or gives no value of.
    private static List<string> Dropped(ResourceChange ours, ChangeSetChange theirs) =>
    [
        .. ours.Properties.Where(p => !p.IsUnknown && !p.Path.StartsWith('(') && !HoldsSecret(p)).Select(p => TopOf(p.Path)).Distinct()
            .Where(name =>
                !theirs.Details.Any(d => d.Name == name
                    && (d.Evaluation == "Dynamic" || d.BeforeValue is not null || d.AfterValue is not null))),
    ];

    // It does not tell the values of secrets, and need not.
    private static bool HoldsSecret(PropertyChange property) =>
        property.After?.Contains(PlannedValues.Masked, StringComparison.Ordinal) == true;

    // What CloudFormation would change and the templates do not say: a value behind a parameter has moved, or it knows better.
    private static IEnumerable<ResourceChange> Unseen(PlannedStack planned, ChangeSet set) =>
        from theirs in set.Changes
        where planned.Changes.All(c => c.LogicalId != theirs.LogicalResourceId)
            && theirs.Details.Any(d => d is { Attribute: "Properties", Evaluation: not "Dynamic" })
        select new ResourceChange(theirs.LogicalResourceId, theirs.ResourceType,
            theirs.Replacement == "True" ? ChangeKind.Replace : ChangeKind.Update,
            [.. theirs.Details.Where(d => d.Attribute == "Properties").Select(d => Property(theirs.ResourceType, d))])
        {
            Remark = "only CloudFormation says that it changes",
            DeletionPolicy = theirs.PolicyAction switch { "ReplaceAndRetain" => "Retain", "ReplaceAndSnapshot" => "Snapshot", _ => null },
            Source = planned.Stack.Template.Find(theirs.LogicalResourceId)?.Source ?? default,
        };

    // What is written and never read back (passwords) is not repeated, whoever says it.
    private static PropertyChange Property(string type, ChangeSetDetail detail)
    {
        var name = detail.Name ?? detail.Attribute;
        var isHidden = ResourceSchemas.Shared.Find(type)?.IsWriteOnly(name) == true;
        return new PropertyChange(name, isHidden ? PlannedValues.Masked : detail.BeforeValue,
            isHidden ? PlannedValues.Masked : detail.AfterValue, detail.RequiresRecreation == "Always");
    }

    private static string TopOf(string path) => path.Split('.', '[')[0];
}
