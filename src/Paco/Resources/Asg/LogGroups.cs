using System.Globalization;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>The log groups of an ASG's instances. They are there also while the group is disabled, and are never protected.</summary>
internal static class LogGroups
{
    public static string SsmName(BuildScope scope) => $"{string.Join('-', scope.Names)}-paco_ssm";

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
