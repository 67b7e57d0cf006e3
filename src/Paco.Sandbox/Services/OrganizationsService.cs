using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Organizations, in the management account. An account asked for is there at the next look.</summary>
internal sealed class OrganizationsService() : JsonService("organizations")
{
    private const string Organization = "AWS::Organizations::Organization";
    private const string Account = "AWS::Organizations::Account";

    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "DescribeOrganization" => new JsonObject { ["Organization"] = Whole(call, Find(call)) },
        "CreateOrganization" => Create(call, body),
        "ListAccounts" => List(call, body),
        "DescribeAccount" => DescribeAccount(call, body),
        "CreateAccount" => CreateAccount(call, body),
        "DescribeCreateAccountStatus" => AccountStatus(call, body),
        _ => throw AwsError.NotEmulated($"organizations:{call.Operation}"),
    };

    private static string Management(Call call) => call.World.Options.ManagementAccountId;

    private static LiveResource Find(Call call)
    {
        var organization = call.Store.OfType(Management(call), ResourceRegions.Global, Organization).FirstOrDefault();
        var member = call.Account == Management(call) || Members(call).Any(m => m.Physical == call.Account && IsReady(m, call.Now));
        return organization is not null && member ? organization
            : throw new AwsError("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");
    }

    private static JsonObject Create(Call call, JsonObject body)
    {
        if (call.Store.OfType(Management(call), ResourceRegions.Global, Organization).Count > 0)
        {
            throw new AwsError("AlreadyInOrganizationException", "The AWS account is already a member of an organization.");
        }

        if (call.Account != Management(call))
        {
            throw new AwsError("AccessDeniedException", "The sandbox's organization belongs to its management account.");
        }

        var wanted = ResourceRequest.ForApi(call, Organization, new JsonObject { ["FeatureSet"] = body["FeatureSet"]?.ToString() ?? "ALL" },
            "");
        var id = $"o-{wanted.Seed.Hex(10)}";
        var it = new LiveResource(call.Account, ResourceRegions.Global, Organization, id, null, null, null, null, call.Now,
            wanted.Properties, []);
        call.Store.Insert(it);
        Insert(call, call.Account, "management", $"management@{id}.example", ready: call.Now, request: "");
        return new() { ["Organization"] = Whole(call, it) };
    }

    private static JsonObject List(Call call, JsonObject body)
    {
        Find(call);
        var (page, next) = Page(Members(call).Where(m => IsReady(m, call.Now)).ToList(), body, "MaxResults", 20);
        return new() { ["Accounts"] = new JsonArray([.. page.Select(m => (JsonNode)Describe(call, m))]), ["NextToken"] = next };
    }

    private static JsonObject DescribeAccount(Call call, JsonObject body)
    {
        Find(call);
        var id = Required(body, "AccountId");
        var member = Members(call).FirstOrDefault(m => m.Physical == id && IsReady(m, call.Now));
        return member is not null
            ? new() { ["Account"] = Describe(call, member) }
            : throw new AwsError("AccountNotFoundException", "You specified an account that doesn't exist.");
    }

    private static JsonObject CreateAccount(Call call, JsonObject body)
    {
        Find(call);
        var (name, email) = (Required(body, "AccountName"), Required(body, "Email"));
        var count = Members(call).Count;
        var request = $"car-{new DeterministicIds($"{Management(call)} account {count} {email}").Hex(32)}";
        var taken = Members(call).Any(m => string.Equals(m.Properties["Email"]!.ToString(), email, StringComparison.OrdinalIgnoreCase));
        if (taken)
        {
            Insert(call, $"failed {request}", name, email, call.Now, request, failure: "EMAIL_ALREADY_EXISTS");
        }
        else
        {
            var ready = call.Now + call.World.Pace.For(Account, ResourceAction.Create) * 12;
            Insert(call, new DeterministicIds($"{Management(call)} account {count}").Digits(12), name, email, ready, request);
        }

        return new() { ["CreateAccountStatus"] =
            Status(All(call).First(a => a.Attributes["Request"]?.ToString() == request), call.Now, asked: true) };
    }

    private static JsonObject AccountStatus(Call call, JsonObject body)
    {
        var id = Required(body, "CreateAccountRequestId");
        var account = All(call).FirstOrDefault(a => a.Attributes["Request"]?.ToString() == id)
            ?? throw new AwsError("CreateAccountStatusNotFoundException", "You specified a create account request that does not exist.");
        return new() { ["CreateAccountStatus"] = Status(account, call.Now, asked: false) };
    }

    private static void Insert(Call call, string id, string name, string email, DateTimeOffset ready, string request,
        string? failure = null) => call.Store.Insert(new(
        Management(call), ResourceRegions.Global, Account, id, null, null, null, null, call.Now,
        new JsonObject { ["AccountName"] = name, ["Email"] = email },
        new JsonObject { ["Ready"] = ready.ToUnixTimeMilliseconds(), ["Request"] = request, ["Failure"] = failure }));

    private static List<LiveResource> All(Call call) => call.Store.OfType(Management(call), ResourceRegions.Global, Account);

    private static List<LiveResource> Members(Call call) => [.. All(call).Where(a => a.Attributes["Failure"] is null)];

    private static bool IsReady(LiveResource account, DateTimeOffset now) =>
        (long)account.Attributes["Ready"]! <= now.ToUnixTimeMilliseconds();

    private static JsonObject Status(LiveResource account, DateTimeOffset now, bool asked)
    {
        var failure = account.Attributes["Failure"]?.ToString();
        var state = asked || !IsReady(account, now) ? "IN_PROGRESS" : failure is null ? "SUCCEEDED" : "FAILED";
        var status = new JsonObject
        {
            ["Id"] = account.Attributes["Request"]!.ToString(),
            ["AccountName"] = account.Properties["AccountName"]!.ToString(),
            ["State"] = state,
            ["RequestedTimestamp"] = Seconds(account.Created),
        };
        if (state == "SUCCEEDED")
        {
            status["AccountId"] = account.Physical;
            status["CompletedTimestamp"] = (long)account.Attributes["Ready"]! / 1000.0;
        }
        else if (state == "FAILED")
        {
            status["FailureReason"] = failure;
        }

        return status;
    }

    private static JsonObject Whole(Call call, LiveResource organization) => new()
    {
        ["Id"] = organization.Physical,
        ["Arn"] = $"arn:{SandboxContext.Partition(call.Region)}:organizations::{organization.Account}:organization/{organization.Physical}",
        ["FeatureSet"] = organization.Properties["FeatureSet"]!.ToString(),
        ["MasterAccountId"] = organization.Account,
        ["MasterAccountArn"] =
            $"arn:{SandboxContext.Partition(call.Region)}:organizations::{organization.Account}:account/{organization.Physical}/{organization.Account}",
        ["MasterAccountEmail"] = $"management@{organization.Physical}.example",
        ["AvailablePolicyTypes"] = new JsonArray(),
    };

    private static JsonObject Describe(Call call, LiveResource member) => new()
    {
        ["Id"] = member.Physical,
        ["Arn"] =
            $"arn:{SandboxContext.Partition(call.Region)}:organizations::{Management(call)}:account/{Find(call).Physical}/{member.Physical}",
        ["Name"] = member.Properties["AccountName"]!.ToString(),
        ["Email"] = member.Properties["Email"]!.ToString(),
        ["Status"] = "ACTIVE",
        ["State"] = "ACTIVE",
        ["JoinedMethod"] = member.Physical == Management(call) ? "INVITED" : "CREATED",
        ["JoinedTimestamp"] = Seconds(member.Created),
    };
}
