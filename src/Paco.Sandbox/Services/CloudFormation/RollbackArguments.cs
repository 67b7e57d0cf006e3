using System.Globalization;
using System.Xml.Linq;
using Paco.Sandbox.Alarms;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>RollbackConfiguration as requests give it and answers show it.</summary>
internal static class RollbackArguments
{
    private const string Name = "RollbackConfiguration";
    private const int MostTriggers = 5;
    private const int MostMinutes = 180;

    /// <summary>What the request says; what it leaves out stays as the stack has it. Throws AWS's words for what cannot be.</summary>
    public static RollbackConfiguration? Read(QueryForm form, RollbackConfiguration? deployed)
    {
        if (!form.Wrote(Name))
        {
            return deployed;
        }

        var triggers = form.Wrote($"{Name}.RollbackTriggers") ? Triggers(form) : deployed?.Triggers;
        return new(triggers, Minutes(form) ?? deployed?.Minutes);
    }

    public static XElement Xml(RollbackConfiguration? rollback) => new(
        Name,
        rollback?.Triggers is { } triggers ? new XElement("RollbackTriggers", triggers.Select(t => new XElement(
            "member", new XElement("Arn", t.Arn), new XElement("Type", t.Type)))) : null,
        StackXml.Optional("MonitoringTimeInMinutes", rollback?.Minutes?.ToString(CultureInfo.InvariantCulture)));

    private static List<RollbackTrigger> Triggers(QueryForm form)
    {
        var triggers = form.Items($"{Name}.RollbackTriggers").Select((at, i) => Trigger(form, at, i + 1)).ToList();
        if (triggers.Count > MostTriggers)
        {
            throw Constraint($"Value '[{string.Join(", ", triggers)}]' at 'rollbackConfiguration.rollbackTriggers'",
                $"Member must have length less than or equal to {MostTriggers}");
        }

        if (triggers.Exists(t => t.Type is not (AlarmClock.MetricType or AlarmClock.CompositeType)))
        {
            throw AwsError.Validation("Rollback Trigger Type not supported");
        }

        return triggers.Exists(t => !IsAlarm(t.Arn))
            ? throw AwsError.Validation("RelativeId of a Rollback Trigger's ARN is incorrect") : triggers;
    }

    private static RollbackTrigger Trigger(QueryForm form, string at, int number) =>
        new(Member(form, at, "Arn", number), Member(form, at, "Type", number));

    private static string Member(QueryForm form, string at, string member, int number) => form[at + member] is { Length: > 0 } value ? value
        : throw Constraint($"Value null at 'rollbackConfiguration.rollbackTriggers.{number}.member.{member.ToLowerInvariant()}'",
            "Member must not be null");

    private static bool IsAlarm(string arn) => arn.Split(':', 7) is ["arn", _, "cloudwatch", _, _, "alarm", { Length: > 0 }];

    private static int? Minutes(QueryForm form)
    {
        if (form[$"{Name}.MonitoringTimeInMinutes"] is not { Length: > 0 } text)
        {
            return null;
        }

        var value = $"Value '{text}' at 'rollbackConfiguration.monitoringTimeInMinutes'";
        return !int.TryParse(text, CultureInfo.InvariantCulture, out var minutes)
            ? throw new AwsError("MalformedInput", $"{value} is no number")
            : minutes > MostMinutes ? throw Constraint(value, $"Member must have value less than or equal to {MostMinutes}")
            : minutes < 0 ? throw Constraint(value, "Member must have value greater than or equal to 0") : minutes;
    }

    private static AwsError Constraint(string what, string rule) =>
        AwsError.Validation($"1 validation error detected: {what} failed to satisfy constraint: {rule}");
}
