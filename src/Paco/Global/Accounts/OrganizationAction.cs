using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Global.Accounts;

/// <summary>The organization itself, with all features.</summary>
internal sealed record OrganizationAction : CloudAction
{
    /// <summary>The management account's id as the project states it, or null.</summary>
    public string? ManagementAccountId { get; init; }

    public override bool StaysOnDelete => true;

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel) =>
        await cloud.Organizations(Id.Place).DescribeOrganization(cancel) is { } there ? Usable(there) : ActionState.Absent;

    public override async Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel)
    {
        try
        {
            await cloud.Organizations(Id.Place).CreateOrganization(cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.AlreadyExists)
        {
            // An earlier attempt whose answer was lost.
        }
        return ActionResult.Done;
    }

    /// <summary>An organization is not Paco's to dissolve.</summary>
    public override Task Delete(ICloud cloud, CancellationToken cancel) => Task.CompletedTask;

    // No account can be made in any other, whatever is tried.
    private ActionState Usable(Organization there)
    {
        if (ManagementAccountId is { } own && there.ManagementAccountId is { Length: > 0 } other && other != own)
        {
            throw Unusable("NotManagementAccount",
                $"master ({own}) is a member of the organization {there.Id}, whose management account is {other}. "
                + "Only that one makes accounts: give accounts/master.yaml its id, or leave the organization first.");
        }
        return there.HasAllFeatures ? new ActionState(true, true) : throw Unusable("NotAllFeatures",
            $"The organization {there.Id} has consolidated billing only. Switch all its features on: "
            + "aws organizations enable-all-features, and each invited account agrees; then run this again.");
    }

    private static CloudException Unusable(string code, string words) =>
        new(CloudErrorKind.Refused, code, words, "organizations:DescribeOrganization");
}
