using System.Globalization;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>The log groups of an ASG's instances. They are there also while the group is disabled, and are never protected.</summary>
internal static class LogGroups
{
    public static string SsmName(BuildScope scope) => $"{string.Join('-', scope.Names)}-paco_ssm";

    /// <summary>
    /// The groups of log sets are not built yet. Where there are log sets, the stack is left as it is deployed: without
    /// them, CloudFormation would delete their groups and what they hold.
    /// </summary>
    public static bool IsWhole(Asg asg) => asg.LaunchOptions.SsmAgent && asg.Monitoring?.LogSets is null;

    public static NodeId Build(Asg asg, BuildScope scope)
    {
        var stack = scope.Stack(asg, "LogGroups", "log groups", path: $"{asg.Path}.log_groups");
        stack.Tags = scope.ApplicationTags();
        var days = int.TryParse(asg.LaunchOptions.SsmExpireEventsAfterDays, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (int?)null;
        stack.Resource("SSMLogGroup", "AWS::Logs::LogGroup", new MapValue
        {
            ["LogGroupName"] = stack.Parameter("NameSSMLogGroup", SsmName(scope)),
            ["RetentionInDays"] = Value.Of(days),
        });
        stack.Done();
        return stack.Id;
    }
}
