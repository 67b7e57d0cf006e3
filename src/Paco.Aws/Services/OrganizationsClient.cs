using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>
/// Organizations over JSON 1.1; it answers in one region of a partition. Source: AWS Organizations API Reference, 2016-11-28.
/// </summary>
internal sealed class OrganizationsClient(ServiceCaller caller) : IOrganizations
{
    public async Task<Organization?> DescribeOrganization(CancellationToken cancel)
    {
        try
        {
            var request = Request("DescribeOrganization", [], repeatable: true);
            return await caller.Json(request, root => Described(root.GetProperty("Organization")), cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    public Task CreateOrganization(CancellationToken cancel) =>
        caller.Json(
        Request("CreateOrganization", new JsonObject { ["FeatureSet"] = "ALL" }, repeatable: false),
        root => root.GetProperty("Organization").ValueKind,
        cancel);

    public async Task<ImmutableArray<OrganizationAccount>> ListAccounts(CancellationToken cancel)
    {
        var all = await Pages.All(token => caller.Json(
            Request("ListAccounts", token is null ? [] : new JsonObject { ["NextToken"] = token }, repeatable: true),
            root => (Accounts(root).AsEnumerable(), root.Text("NextToken")),
            cancel));
        return [.. all];
    }

    /// <summary>Not repeatable: AWS would take a second try for a second account.</summary>
    public Task<AccountCreation> CreateAccount(string name, string email, string roleName, CancellationToken cancel)
    {
        var body = new JsonObject
        {
            ["AccountName"] = name,
            ["Email"] = email,
            ["RoleName"] = roleName,
            ["IamUserAccessToBilling"] = "ALLOW",
        };
        return caller.Json(Request("CreateAccount", body, repeatable: false), Creation, cancel);
    }

    public Task<AccountCreation> DescribeCreateAccountStatus(string requestId, CancellationToken cancel)
    {
        var body = new JsonObject { ["CreateAccountRequestId"] = requestId };
        return caller.Json(Request("DescribeCreateAccountStatus", body, repeatable: true), Creation, cancel);
    }

    private static WireRequest Request(string operation, JsonObject body, bool repeatable) =>
        WireRequest.Json(AwsService.Organizations, "AWSOrganizationsV20161128", operation, body, repeatable);

    private static ImmutableArray<OrganizationAccount> Accounts(JsonElement root) =>
        [.. root.List("Accounts").Select(a => new OrganizationAccount(a.Need("Id"), a.Text("Name") ?? ""))];

    private static Organization Described(JsonElement organization) => new(organization.Text("Id") ?? "",
        organization.Text("MasterAccountId") ?? "", HasAllFeatures: organization.Text("FeatureSet") == "ALL");

    private static AccountCreation Creation(JsonElement root)
    {
        var status = root.GetProperty("CreateAccountStatus");
        return new AccountCreation(status.Need("Id"), status.Need("State"), status.Text("AccountId"), status.Text("FailureReason"));
    }
}
