using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Clients;

/// <summary>
/// Where the sandbox's CloudFormation answers otherwise than moto's, and why. <c>+</c> is what only the sandbox answers, <c>-</c> what only
/// moto does. What AWS sends was read off its own CLI's output where people show it, or off the API reference.
/// </summary>
internal static class Explained
{
    private static readonly (string Pattern, string Why)[] Known =
    [
        (@"^\+ .*\.DriftInformation", "API reference, Stack, StackSummary, StackResource…: moto detects no drift"),
        (@"^\+ DescribeStacks.* Stacks\[\]\.RollbackConfiguration$", "aws cloudformation describe-stacks: \"RollbackConfiguration\": {}"),
        (@"^- DescribeStacks\(plain\) Stacks\[\]\.Parameters$", "aws cloudformation describe-stacks: none where a stack has none"),
        (@"^\+ DescribeStacks\(whole\) Stacks\[\]\.Capabilities$", "aws cloudformation describe-stacks: those given; moto forgets them"),
        (@"^\+ DescribeStackEvents .*\.ResourceProperties$", "API reference, StackEvent: moto does not keep them"),
        (@"^\+ (DescribeStackResource|ListStackResources) .*\.LastUpdatedTimestamp$",
            "API reference, StackResourceDetail, StackResourceSummary: required"),
        (@"^\+ DescribeStackResource .*\.Metadata$", "API reference, StackResourceDetail: the template's; moto does not answer it"),
        (@"^\+ GetTemplate StagesAvailable$", "aws cloudformation get-template: [\"Original\", \"Processed\"]"),
        (@"^[-+] GetTemplateSummary ", "moto 5.2.1 answers it with an internal error"),
        (@"^- ValidateTemplate (Capabilities|DeclaredTransforms)$", "aws cloudformation validate-template: none where there are none"),
        (@"^\+ ValidateTemplate Parameters\[\]\.", "aws cloudformation validate-template: each with its key; moto's list is empty"),
        (@"^\+ DescribeChangeSet Changes\[\]\.ResourceChange\.(Details|Scope)$",
            "aws cloudformation describe-change-set: both are [] of what is added"),
        (@"^\+ DescribeChangeSet (IncludeNestedStacks|RollbackConfiguration)$",
            "aws cloudformation describe-change-set: false and {}"),
        (@"^\+ ListChangeSets Summaries\[\]\.IncludeNestedStacks$", "aws cloudformation list-change-sets: false"),
        (@"^\+ DescribeChangeSet Tags\[\]", "API reference, CreateChangeSet: without tags those of the stack stay; moto drops them"),
        (@"^\+ DescribeStacks\(changed\) Stacks\[\]\.(ChangeSetId|LastUpdatedTime)$",
            "API reference, Stack: the set that was executed and when; moto keeps neither"),
        (@"^[-+] DescribeStacks\(changed\) Stacks\[\]\.StackStatus=",
            "User Guide, stack status codes: moto calls it CREATE_COMPLETE still"),
        (@"^[-+] UpdateStack\(same\) ", "User Guide, troubleshooting: \"No updates are to be performed.\"; moto performs them"),
        (@"^\+ ListStacks\(deleted\) .*\.DeletionTime$", "API reference, StackSummary: when it was deleted; moto does not keep it"),
    ];

    public static bool Covers(string difference) => Known.Any(k => Regex.IsMatch(difference, k.Pattern));

    /// <summary>Explanations of what does not differ any more.</summary>
    public static IEnumerable<string> Unused(IReadOnlyCollection<string> differences) =>
        Known.Where(k => !differences.Any(d => Regex.IsMatch(d, k.Pattern))).Select(k => $"{k.Pattern} ({k.Why})");
}
