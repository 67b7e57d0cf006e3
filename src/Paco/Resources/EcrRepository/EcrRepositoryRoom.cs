using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.EcrRepository;

public sealed class EcrRepositoryRoom : Room
{
    public override string Type => "ECRRepository";

    public override string Summary => "A private repository of container images.";

    public override IEnumerable<DiagnosticCode> Codes => [LifecyclePolicy.Refused];

    public override AppResource Bind(Fields f) => new EcrRepository(f);
}

/// <summary>A repository of ECR. It holds images, which CloudFormation does not delete: a deletion empties it first.</summary>
public sealed class EcrRepository(Fields f) : AppResource(f), IImageRepository
{
    private static readonly Check RegistryName = Check.Matching(
        "2 to 256 small letters and digits, in words joined by . _ __ - or /",
        @"^(?=.{2,256}$)([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*)$");

    // GetAuthorizationToken is of the registry, and means nothing in a repository's policy.
    private static readonly string[] CrossAccountActions =
    [
        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImageScanFindings",
        "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:GetDownloadUrlForLayer", "ecr:GetLifecyclePolicy",
        "ecr:GetLifecyclePolicyPreview", "ecr:GetRepositoryPolicy", "ecr:InitiateLayerUpload", "ecr:ListImages",
        "ecr:ListTagsForResource", "ecr:PutImage", "ecr:UploadLayerPart",
    ];

    public Ref? Account { get; } = f.Ref("account", "The account it is made in; by default that of the environment.", "Account");

    public string RepositoryName { get; } = f.RequiredText("repository_name",
        "Its name in the registry of the account and region. A change makes another, empty repository.", RegistryName);

    public ImmutableArray<Ref> CrossAccountAccess { get; } = f.Refs("cross_account_access",
        "Accounts whose roles and users may pull and push, as far as their own policies let them.", "Account");

    public RepositoryPolicy? RepositoryPolicy { get; } =
        f.Object("repository_policy", "Who else may do what with it.", x => new RepositoryPolicy(x));

    public string? LifecyclePolicyText { get; } =
        f.Text("lifecycle_policy_text", "Which images expire: a lifecycle policy of ECR, as JSON text.");

    public bool ImmutableTags { get; } =
        f.Flag("immutable_tags", "A tag that an image has stays with it: whoever pushes another image under it is refused.", false);

    public bool ScanOnPush { get; } = f.Flag("scan_on_push", "Look for known weaknesses in every image that is pushed.", false);

    public RefOrText? KmsKeyId { get; } = f.RefOrText("kms_key_id",
        "The KMS key its images are encrypted with; AWS's own where not given. It cannot be changed under the same repository_name.");

    string? IImageRepository.AccountName => Account?.Path.Account;

    protected internal override void Rules(Fields f)
    {
        f.Obsolete("lifecycle_policy_registry_id", "a repository is in the registry of its own account");
        if (LifecyclePolicyText is { } text)
            CheckLifecycle(f, text);
    }

    protected internal override void Build(BuildScope scope)
    {
        var account = Account?.Path.Account is { } other ? scope.Build.AccountOf(other) : scope.Place.Account;
        var here = scope with { Place = new Place(account, scope.Place.Region) };
        var stack = here.Stack(this, "ECRRepository");
        if (!IsEnabled)
            return;
        Claim(here);
        stack.Resource("Repository", "AWS::ECR::Repository", Properties(stack, here));
        stack.Output("RepositoryArn", Fn.GetAtt("Repository", "Arn"), $"{Path}.arn");
        stack.Output("RepositoryUri", Fn.GetAtt("Repository", "RepositoryUri"), $"{Path}.uri");
        scope.Build.Offers.Add($"{Path}.name", new LiteralSource(RepositoryName) { MadeBy = stack.Id });
        stack.Address("push and pull images", "RepositoryUri");
    }

    private MapValue Properties(StackBuilder stack, BuildScope here) => new()
    {
        ["RepositoryName"] = RepositoryName,
        ["LifecyclePolicy"] = LifecyclePolicyText is { } text ? new MapValue { ["LifecyclePolicyText"] = text } : null,
        ["RepositoryPolicyText"] = Statements(here).ToList() is { Count: > 0 } statements
            ? Iam.PolicyDocument.Of(statements)
            : null,
        ["ImageTagMutability"] = ImmutableTags ? (Value)"IMMUTABLE" : null,
        ["ImageScanningConfiguration"] = ScanOnPush ? new MapValue { ["ScanOnPush"] = true } : null,
        ["EncryptionConfiguration"] = KmsKeyId is { } key
            ? new MapValue { ["EncryptionType"] = "KMS", ["KmsKey"] = stack.RefOrText("KmsKeyId", key, "arn") }
            : null,
    };

    private IEnumerable<MapValue> Statements(BuildScope here)
    {
        foreach (var statement in RepositoryPolicy?.ToValues() ?? [])
            yield return statement;
        var accounts = CrossAccountAccess.Select(a => a.Path.Account).OfType<string>().Distinct().ToList();
        if (accounts.Count == 0)
            yield break;
        yield return new MapValue
        {
            ["Sid"] = "AllowCrossAccountAccess",
            ["Effect"] = "Allow",
            ["Principal"] = new MapValue
            {
                ["AWS"] = Value.List(accounts.Select(name =>
                    Fn.Concat($"arn:{here.Place.Partition.Name}:iam::", here.Build.AccountId(name), ":root"))),
            },
            ["Action"] = Value.OfMany(CrossAccountActions),
        };
    }

    private void Claim(BuildScope here)
    {
        if (here.Build.Claim($"repository {here.Place} {RepositoryName}", Path) is { } other)
        {
            here.Build.Bag.Add(StackCodes.NameTaken, PlaceOf("repository_name"),
                $"two repositories of {here.Place} would be called {RepositoryName}: this one and that of {other}",
                "give one of them another repository_name, in an override where it is one environment's", subject: Path);
        }
    }

    private static void CheckLifecycle(Fields f, string text)
    {
        foreach (var mistake in LifecyclePolicy.Check(text))
        {
            f.Report(LifecyclePolicy.Refused, f.PlaceWithin("lifecycle_policy_text", mistake.Start, mistake.Length), mistake.Message,
                mistake.WayOut);
        }
    }
}
