using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Deployed;

/// <summary>All policies of what is deployed, by whom they belong to. All accounts are of one organization.</summary>
internal sealed class DeployedPolicies : IPolicies
{
    private readonly ImmutableArray<DeployedResource> _resources;
    private readonly ILookup<string, Owned> _atResources;
    private readonly Dictionary<string, Identity> _identities = [];

    public DeployedPolicies(IEnumerable<DeployedResource> resources)
    {
        _resources = [.. resources];
        _atResources = _resources.SelectMany(AtResource).ToLookup(e => e.Arn, e => e.Policy);
    }

    public IEnumerable<DeployedResource> Resources => _resources;

    /// <summary>Those of a type in an account.</summary>
    public IEnumerable<DeployedResource> OfType(string type, string account) =>
        _resources.Where(r => r.Type == type && r.Account == account);

    public Identity Of(string arn)
    {
        if (!_identities.TryGetValue(arn, out var identity))
        {
            var holder = _resources.FirstOrDefault(r => r.Type is "AWS::IAM::Role" or "AWS::IAM::User" && r.Arn == arn);
            var boundary = holder?["PermissionsBoundary"];
            _identities[arn] = identity = new Identity(holder is null ? [] : Attached(holder), boundary is null ? null : Managed(boundary));
        }
        return identity;
    }

    public Owned? At(string resource)
    {
        var found = _atResources[HolderOf(resource)].ToList();
        return found.Count == 0 ? null : new Owned(found[0].Account, [.. found.SelectMany(p => p.Statements)]);
    }

    public string? OrganizationOf(string account) => "o-ours";

    // An object has its bucket's policy.
    private static string HolderOf(string resource) =>
        resource.StartsWith("arn:aws:s3:::", StringComparison.Ordinal) ? resource.Split('/')[0] : resource;

    private ImmutableArray<PolicyStatement> Attached(DeployedResource identity)
    {
        var inline = PolicyStatement.Maps(identity.Properties["Policies"])
            .SelectMany(p => PolicyStatement.Read(p["PolicyDocument"]));
        var managed = PolicyStatement.Texts(identity.Properties["ManagedPolicyArns"]).SelectMany(arn => Managed(arn));
        string[] holders = identity.Type == "AWS::IAM::Role" ? ["Roles", "RoleName"] : ["Users", "UserName"];
        var others = _resources
            .Where(r => r.Account == identity.Account
                && r.Type is "AWS::IAM::Policy" or "AWS::IAM::ManagedPolicy" or "AWS::IAM::RolePolicy" or "AWS::IAM::UserPolicy")
            .Where(r => holders.SelectMany(h => PolicyStatement.Texts(r.Properties[h])).Contains(identity.Name))
            .SelectMany(r => PolicyStatement.Read(r.Properties["PolicyDocument"]));
        return [.. inline, .. managed, .. others];
    }

    private ImmutableArray<PolicyStatement> Managed(string arn) => arn.Contains(":iam::aws:policy/", StringComparison.Ordinal)
        ? AwsManagedPolicies.Find(arn)
        :
        [
            .. _resources.Where(r => r.Type == "AWS::IAM::ManagedPolicy" && r.Arn == arn)
                .SelectMany(r => PolicyStatement.Read(r.Properties["PolicyDocument"])),
        ];

    private IEnumerable<(string Arn, Owned Policy)> AtResource(DeployedResource r) => r.Type switch
    {
        "AWS::IAM::Role" => [Policy(r, r.Arn, "AssumeRolePolicyDocument")],
        "AWS::KMS::Key" => [Policy(r, r.Arn, "KeyPolicy")],
        "AWS::S3::Bucket" => [(r.Arn, new Owned(r.Account, []))],
        "AWS::S3::BucketPolicy" => [Policy(r, $"arn:aws:s3:::{r["Bucket"]}", "PolicyDocument")],
        "AWS::ECR::Repository" => [Policy(r, r.Arn, "RepositoryPolicyText")],
        "AWS::SNS::TopicPolicy" => PolicyStatement.Texts(r.Properties["Topics"]).Select(topic => Policy(r, topic, "PolicyDocument")),
        "AWS::SQS::QueuePolicy" => PolicyStatement.Texts(r.Properties["Queues"]).Select(queue => Policy(r, queue, "PolicyDocument")),
        "AWS::SecretsManager::ResourcePolicy" => [Policy(r, r["SecretId"]!, "ResourcePolicy")],
        "AWS::Events::EventBusPolicy" => [OnBus(r)],
        _ => [],
    };

    private static (string, Owned) OnBus(DeployedResource r) => (
        $"arn:aws:events:{r.Region}:{r.Account}:event-bus/{r["EventBusName"] ?? "default"}",
        new Owned(r.Account, PolicyStatement.Read(new MapValue
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = r.Properties["Statement"] ?? new MapValue
            {
                ["Effect"] = "Allow",
                ["Principal"] = new MapValue { ["AWS"] = r["Principal"]! },
                ["Action"] = r["Action"]!,
                ["Resource"] = "*",
                ["Condition"] = r.Properties["Condition"] is MapValue c
                    ? new MapValue { [((TextValue)c["Type"]!).Text] = new MapValue { [((TextValue)c["Key"]!).Text] = c["Value"]! } }
                    : null,
            },
        })));

    private static (string, Owned) Policy(DeployedResource r, string arn, string property) =>
        (arn, new Owned(r.Account, PolicyStatement.Read(r.Properties[property])));
}
