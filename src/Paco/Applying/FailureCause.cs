using Paco.Clouds;

namespace Paco.Applying;

/// <summary>Finds the first cause in a stack's events and the remedy people need.</summary>
internal static class FailureCause
{
    /// <summary>What a failure says of a cloud that is watched no longer.</summary>
    internal const string Lost = "has not said how its stacks stand for";

    private const string Taken =
        "something outside this stack has that name: rename it in the project, delete what is there, or take it over with --import-existing";

    // Followers of the first failure, which explain nothing.
    private static readonly string[] Followers =
    [
        "Resource creation cancelled",
        "Resource update cancelled",
        "Resource deletion cancelled",
        "The following resource(s)",
    ];

    private const string NoServiceRole =
        "the account lacks the service-linked role of this service: aws iam create-service-linked-role --aws-service-name SERVICE.amazonaws.com makes it, once an account";
    private const string BucketTaken =
        "somebody else in the world has a bucket of that name: give it another bucket_name, or write s3bucket_hash in project.yaml and add_paco_suffix: true at the bucket";
    private const string RegionOff =
        "the account has not enabled this region: enable it in the account's settings; that takes some minutes";
    private const string FreePlan =
        "the account is on AWS's free plan, which does not permit this: upgrade the plan, or choose what it permits";
    private const string NotValidated =
        "the certificate's validation record was not found: is the hosted zone the one the domain's registrar points at?";

    // The first that fits counts, so the particular stand above the general.
    private static readonly (string Word, string Hint)[] Remedies =
    [
        ("bucket namespace is shared", BucketTaken),
        ("S3 bucket policy is detected",
            "the bucket's policy does not let this trail write: provision resource.cloudtrail as a whole, which brings it first"),
        ("access S3 bucket",
            "the bucket or its key does not let this trail write: provision resource.cloudtrail as a whole, which brings both first"),
        ("configuration recorder",
            "an account has one recorder a region: leave the region out of the locations, or delete the one there (aws configservice delete-configuration-recorder)"),
        ("check S3bucket permission", "the bucket's policy does not let load balancers of this account write: provision the bucket first"),
        (Lost, "CloudFormation may well go on by itself: once it answers, the same command attaches to it"),
        ("CNAMEAlreadyExists", "another distribution has this domain name: take it off there first, or give this one another"),
        ("already exists", Taken),
        ("AlreadyExists", Taken),
        ("iam:PassRole", "the role that deploys must be allowed iam:PassRole for the role it hands over"),
        ("service linked role", NoServiceRole),
        ("service-linked role", NoServiceRole),
        ("is not authorized", "the role that deploys lacks this permission in the account"),
        ("AccessDenied", "the role that deploys lacks this permission in the account"),
        ("UnauthorizedOperation",
            "the role that deploys lacks this permission in the account, or a service control policy of the organization forbids it"),
        ("OptInRequired", "the account has not signed up for this service or enabled this region: do so in the account's settings first"),
        ("RegionDisabled", RegionOff),
        ("not activated in this region", RegionOff),
        ("VpcLimitExceeded",
            "the account has as many VPCs in this region as its quota permits (5 at first): delete one, or ask for more under Service Quotas"),
        ("AddressLimitExceeded",
            "the account has as many Elastic IP addresses in this region as its quota permits (5 at first): release one, or ask for more under Service Quotas"),
        ("InsufficientInstanceCapacity",
            "AWS has no such instances left in this availability zone just now: try again later, or use another instance type or more zones"),
        ("LimitExceeded", "a quota of the account is used up: ask AWS for more under Service Quotas, or remove something"),
        ("maximum number of", "a quota of the account is used up: ask AWS for more under Service Quotas, or remove something"),
        ("FreeTierRestriction", FreePlan),
        ("free tier customers", FreePlan),
        ("free plan", FreePlan),
        ("InvalidParameterCombination",
            "these settings do not go together in this region: the message says which; choose a combination AWS offers"),
        ("VALIDATION_TIMED_OUT", NotValidated),
        ("certificate validation", NotValidated),
        ("has a dependent object", "something outside this stack still uses it: remove that first"),
        ("disable deletion protection", "set deletion_protection: false in the project, provision, then delete"),
        ("is not empty", "empty the bucket first; what is in it would be lost"),
        ("does not exist", "what it refers to was removed outside Paco: provision what makes it first"),
    ];

    public static NodeFailure Of(StackStatus? status, string? statusReason, IReadOnlyList<StackEvent> events)
    {
        var first = events.FirstOrDefault(IsCause);
        var message = first?.ResourceStatusReason ?? statusReason ?? $"ended in {status?.ToWire() ?? "nothing"}";
        return new NodeFailure(message, first?.LogicalResourceId, first?.ResourceType) { Hint = Remedy(message) };
    }

    /// <summary>What a validation found before any resource could fail.</summary>
    public static NodeFailure Of(ValidationFinding found) =>
        new(found.Path is null ? found.Reason : $"{found.Reason} ({found.Path})", found.LogicalResourceId,
            found.ResourceType) { Hint = Remedy(found.Reason) };

    /// <summary>A resource that failed by itself: not cancelled with others, not the stack around it.</summary>
    public static bool IsCause(StackEvent e) =>
        e.ResourceStatus.EndsWith("_FAILED", StringComparison.Ordinal)
        && e.ResourceStatusReason is { Length: > 0 } reason
        && !Followers.Any(f => reason.StartsWith(f, StringComparison.Ordinal))
        && e.ResourceType != "AWS::CloudFormation::Stack";

    public static NodeFailure Of(CloudException e) => PlaceFailures.Of(e) is { } cause && e.Where is { } where
        ? new($"{where}, {e.Operation}: {e.Message} ({e.Code})")
        {
            Hint = PlaceFailures.Remedy(e),
            Cause = cause == PlaceFailure.Denied ? null : $"{where} {e.Code}",
        }
        : new($"{e.Operation}: {e.Message}") { Hint = Remedy($"{e.Code} {e.Message}") };

    private static string? Remedy(string message) =>
        Remedies.Where(r => message.Contains(r.Word, StringComparison.OrdinalIgnoreCase)).Select(r => r.Hint).FirstOrDefault();
}
