using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Asks CloudFormation itself what an update would do and lays its answer beside ours: it knows cases Amazon's schemas do not
/// tell, and we keep values it drops. Where the two disagree about a replacement the graver one counts, and the plan says so.
/// </summary>
internal static class ChangeSetCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The planned update with CloudFormation's opinion; unchanged where values are missing, the template is too large to ask inline, or another one is sent first.</summary>
    public static async Task<PlannedStack> Ask(ICloud cloud, PlannedStack planned, TimeProvider time, CancellationToken cancel)
    {
        if (planned.Parameters.ContainsValue(null) || planned.Body.Length > 51_200 || !planned.Imports.IsEmpty)
            return planned;
        var sets = new ChangeSetMaker(cloud.CloudFormation(planned.Id.Place), time, Pause);
        try
        {
            var set = await sets.Make(sets.Request(Request(planned), "plan"), cancel).ConfigureAwait(false);
            await sets.Drop(set.Id, CancellationToken.None).ConfigureAwait(false);
            return set switch
            {
                { IsEmpty: true } => planned,
                { Status: "FAILED" } => planned with { Reason = $"CloudFormation objects: {set.StatusReason}" },
                _ => planned with { Changes = [.. planned.Changes.Select(c => Merge(c, set))] },
            };
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.AccessDenied or CloudErrorKind.Unsupported)
        {
            // Nobody may ask: a plan is good without a second opinion.
            return planned;
        }
    }

    private static StackRequest Request(PlannedStack planned) => new()
    {
        StackName = planned.Id.Name,
        Template = new TemplateSource(planned.Body, null),
        Parameters = [.. planned.Stack.Parameters.Select(p => Sent(p, planned))],
        Tags = planned.Stack.Tags,
        Capabilities = planned.Stack.Capabilities,
        ClientRequestToken = "",
    };

    // A secret is not sent for a plan: the deployed one stands in for it.
    private static StackParameter Sent(Parameter parameter, PlannedStack planned) => parameter.NoEcho
        ? new StackParameter(parameter.Name, null, UsePreviousValue: planned.Deployed!.Parameters.ContainsKey(parameter.Name))
        : new StackParameter(parameter.Name, planned.Parameters[parameter.Name]);

    private static ResourceChange Merge(ResourceChange ours, ChangeSet set)
    {
        if (ours.Kind is ChangeKind.Create or ChangeKind.Import or ChangeKind.Delete || set.Changes.FirstOrDefault(c => c.LogicalResourceId == ours.LogicalId) is not { } theirs)
            return ours;
        return (ours.Kind, theirs.Replacement) switch
        {
            (ChangeKind.Update, "True") => ours with { Kind = ChangeKind.Replace, Remark = "CloudFormation says it is replaced; Amazon's schema does not" },
            (ChangeKind.Update, "Conditional") => ours with { Remark = "CloudFormation says it may be replaced" },
            (ChangeKind.Replace, "False") => ours with { Remark = "Amazon's schema says it is replaced; CloudFormation does not" },
            _ => ours,
        };
    }
}
