using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>
/// The stack of an object's log groups. It is there also while the object is disabled, and is never protected; its groups and
/// parameters are called as in deployed stacks.
/// </summary>
internal sealed class LogGroups(StackBuilder stack, BuildScope scope)
{
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <summary>The full name of a log group of the object that a scope is of.</summary>
    public static string NameOf(BuildScope scope, string name) =>
        $"{string.Join('-', scope.Build.Legacy.LogGroups ? scope.Names.Skip(1) : scope.Names)}-{name}";

    public static NodeId Build(AppResource owner, WatchedLogs logs, BuildScope scope)
    {
        var stack = scope.Stack(owner, "LogGroups", "log groups", path: $"{owner.Path}.log_groups");
        stack.Tags = scope.ApplicationTags();
        stack.ChangeProtected = false;
        var groups = new LogGroups(stack, scope);
        foreach (var set in logs.Sets)
        {
            foreach (var group in set.LogGroups)
                groups.Add(set, group);
        }
        foreach (var own in logs.Own)
        {
            groups.Make($"{own.LogicalId}LogGroup", stack.Parameter($"Name{own.LogicalId}LogGroup", NameOf(scope, own.Name)), own.Days,
                owner.Location);
            stack.Log(NameOf(scope, own.Name));
        }
        return stack.Id;
    }

    private void Add(LogSet set, LogGroup group)
    {
        var id = $"LogGroup{Names.LogicalId(set.Name)}{Names.LogicalId(group.Name)}";
        var fullName = group.FullName(scope, set);
        // A second group of the name was reported when it was read.
        if (!group.ExternalResource && !_made.Add(fullName))
            return;
        var name = stack.Parameter($"Name{id}", fullName);
        stack.Log(fullName);
        if (!group.ExternalResource)
            Make(id, name, Days(set, group), group.Location);
        foreach (var filter in group.MetricFilters)
            filter.Write(stack, name, fullName, group.ExternalResource ? [] : [id]);
    }

    private void Make(string id, Value name, int? days, Diagnostics.Location place) =>
        stack.Resource(id, "AWS::Logs::LogGroup", new MapValue
        {
            ["LogGroupName"] = name,
            ["RetentionInDays"] = Value.Of(days),
        }, place);

    private int? Days(LogSet set, LogGroup group) =>
        LogRetention.InDays(group.Retention(set, (scope.Build.Index.Find(LoggingFile.Place) as LoggingFile)?.CloudWatch));
}
