using Paco.Clouds;

namespace Paco.Applying;

/// <summary>Finds the first cause in a stack's events and the remedy people need.</summary>
internal static class Failures
{
    /// <summary>What a failure says of a cloud that is watched no longer.</summary>
    internal const string Lost = "has not said how its stacks stand for";

    private const string Taken = "something outside this stack has that name: rename it in the project, delete what is there, or take it over with --import-existing";

    // Followers of the first failure, which explain nothing.
    private static readonly string[] Followers = ["Resource creation cancelled", "Resource update cancelled", "Resource deletion cancelled", "The following resource(s)"];

    private static readonly (string Word, string Hint)[] Remedies =
    [
        (Lost, "CloudFormation may well go on by itself: once it answers, the same command attaches to it"),
        ("already exists", Taken),
        ("AlreadyExists", Taken),
        ("is not authorized", "the role that deploys lacks this permission in the account"),
        ("AccessDenied", "the role that deploys lacks this permission in the account"),
        ("LimitExceeded", "a quota of the account is used up: ask AWS for more under Service Quotas, or remove something"),
        ("maximum number of", "a quota of the account is used up: ask AWS for more under Service Quotas, or remove something"),
        ("has a dependent object", "something outside this stack still uses it: remove that first"),
        ("disable deletion protection", "set deletion_protection: false in the project, provision, then delete"),
        ("is not empty", "empty the bucket first; what is in it would be lost"),
        ("does not exist", "what it refers to was removed outside Paco: provision what makes it first"),
    ];

    public static NodeFailure Of(StackStatus? status, string? statusReason, IReadOnlyList<StackEvent> events)
    {
        var first = events.FirstOrDefault(e =>
            e.ResourceStatus.EndsWith("_FAILED", StringComparison.Ordinal)
            && e.ResourceStatusReason is { Length: > 0 } reason
            && !Followers.Any(f => reason.StartsWith(f, StringComparison.Ordinal))
            && e.ResourceType != "AWS::CloudFormation::Stack");
        var message = first?.ResourceStatusReason ?? statusReason ?? $"ended in {status?.ToWire() ?? "nothing"}";
        return new NodeFailure(message, first?.LogicalResourceId, first?.ResourceType) { Hint = Remedy(message) };
    }

    public static NodeFailure Of(CloudException e) => new($"{e.Operation}: {e.Message}") { Hint = Remedy(e.Message) };

    private static string? Remedy(string message) =>
        Remedies.Where(r => message.Contains(r.Word, StringComparison.OrdinalIgnoreCase)).Select(r => r.Hint).FirstOrDefault();
}
