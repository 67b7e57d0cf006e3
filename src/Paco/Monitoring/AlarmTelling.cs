using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>
/// Whom the alarms of a stack tell, and what they tell them. The topics are those of their names in the alarms' own account and region,
/// each fed in by two parameters that are called as in deployed stacks.
/// </summary>
internal sealed class AlarmTelling(StackBuilder stack, BuildScope scope)
{
    private readonly AlarmDescription _description = new(scope);

    /// <summary>The account and region of the topics.</summary>
    public Place Topics => stack.Id.Place;

    /// <summary>The properties of an alarm that say who is told and what.</summary>
    /// <param name="path">The alarm's own path.</param>
    public MapValue Properties(string path, AlarmFacts alarm, ImmutableArray<ToldGroup> told, Location written,
        bool tellsOk = false, bool tellsInsufficientData = false)
    {
        Check(path, alarm, told, written);
        var topics = told.Take(AlarmLimits.MaxActions).Select(t => Topic(t)).ToImmutableArray();
        var actions = Value.List(topics.Select(t => t.Action));
        return new MapValue
        {
            ["AlarmDescription"] = _description.Of(path, alarm, [.. topics.Select(t => (t.Group, t.Parameter))]),
            ["AlarmActions"] = actions,
            ["OKActions"] = tellsOk ? actions : null,
            ["InsufficientDataActions"] = tellsInsufficientData ? actions : null,
        };
    }

    private (string Group, Value Action, string Parameter) Topic(ToldGroup told)
    {
        var arn = Paco.Monitoring.Topics.Arn(Topics, told.Name, told.Written);
        var digest = Names.Md5(arn.Text);
        stack.Input($"Notification{digest}", arn);
        return (told.Name, stack.Input($"AlarmAction{digest}", arn), $"Notification{digest}");
    }

    private void Check(string path, AlarmFacts alarm, ImmutableArray<ToldGroup> told, Location written)
    {
        if (told.Length > AlarmLimits.MaxActions)
        {
            scope.Build.Bag.Add(AlarmCodes.TooManyTold, told[AlarmLimits.MaxActions].Written,
                $"the alarm {alarm.Name} tells {told.Length} topics ({string.Join(", ", told.Select(t => t.Name))})",
                $"CloudWatch tells {AlarmLimits.MaxActions}: name fewer groups, or filter them by classification or severity",
                new RelatedPlace(written, "the alarm"), path);
        }
        var length = _description.LengthOf(path, alarm, [.. told.Take(AlarmLimits.MaxActions).Select(t => t.Name)], Topics.Region);
        if (length > AlarmLimits.MaxDescription)
        {
            scope.Build.Bag.Add(AlarmCodes.LongDescription, written,
                $"the description of the alarm {alarm.Name} comes to {length} characters; CloudWatch keeps {AlarmLimits.MaxDescription}",
                "shorten its description or runbook_url, or the titles of what it is in", subject: path);
        }
    }
}
