using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>
/// The twelve flags by which Paco 9 keeps the names of projects made before these were changed. A flag is followed, has nothing to
/// say about what this version builds, or is refused: without it what is deployed would be made a second time.
/// </summary>
internal static class KnownLegacyFlags
{
    public static readonly DiagnosticCode Refused = new("PACO3030", Severity.Error, "a legacy flag that cannot be followed",
        "The flag stands for how Paco 9 built a project before 2020, and this version does not build that way. Without the flag what is deployed would be made a second time beside it or replaced, so nothing is done: the message says what to do.");

    private const string TargetGroups = "target_group_name_2019_10_29";
    private const string LogGroups = "netenv_loggroup_name_2019_10_13";
    private const string RepositoryStacks = "codecommit_controller_type_2019_09_18";
    private const string ZoneStacks = "route53_controller_type_2019_09_18";

    private static readonly Dictionary<string, (string Why, string WayOut)> Unfollowed = new()
    {
        ["cftemplate_aws_name_2019_09_17"] =
            ("the names of its stacks begin with the type, and this version would make every stack a second time",
                "build a new environment without the flag, move over, and delete the old one with Paco 9"),
        ["route53_hosted_zone_2019_10_12"] =
            ("all zones of an account are in one stack, and this version would make each zone a second time, with other name servers",
                "take the flag out and give each zone of resource/route53.yaml external_resource: {enabled: true, hosted_zone_id: …}: it is used as it is"),
        ["route53_record_set_2019_10_16"] =
            ("records are in the stack of what they lead to, and this version would make each a second time, which AWS refuses",
                "with Paco 9 set dns_enabled: false and provision, which takes the records away; then take the flag and that line out and provision here"),
        ["aim_name_2019_11_28"] =
            ("names and descriptions are those of AIM, and this version would replace security groups and what is in them",
                "build a new environment without the flag, move over, and delete the old one with Paco 9"),
    };

    // About what is not built yet, or about nothing that this version does.
    private static readonly string[] Silent =
    [
        "cloudwatch_controller_type_2019_09_18", "lambda_controller_type_2019_09_18",
        "cftemplate_iam_user_delegates_2019_10_02", "iam_user_default_password_2019_10_12",
    ];

    /// <summary>A flag that Paco 9 knows.</summary>
    public static readonly Check Check = Check.Among("one of Paco 9's legacy flags",
        [TargetGroups, LogGroups, RepositoryStacks, ZoneStacks, .. Silent, .. Unfollowed.Keys]);

    public static LegacyNames Names(ImmutableArray<string> flags) => new()
    {
        TargetGroups = flags.Contains(TargetGroups),
        LogGroups = flags.Contains(LogGroups),
        RepositoryStacks = flags.Contains(RepositoryStacks),
        ZoneStacks = flags.Contains(ZoneStacks),
    };

    /// <summary>Reports the flags that cannot be followed, each where it is written.</summary>
    public static void Report(Fields f, Node? written)
    {
        foreach (var flag in (written is ListNode list ? list.Items : written is null ? [] : [written]).OfType<ScalarNode>())
        {
            if (Unfollowed.TryGetValue(flag.Value, out var reason))
                f.Report(Refused, flag.Location, $"the legacy flag {flag.Value} cannot be followed: {reason.Why}", reason.WayOut, flag);
        }
    }
}
