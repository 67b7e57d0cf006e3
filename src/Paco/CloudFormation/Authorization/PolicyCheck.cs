using System.Collections.Immutable;
using Paco.CloudFormation.Schemas;
using Paco.Diagnostics;

namespace Paco.CloudFormation.Authorization;

/// <summary>
/// Holds the statements of every policy in a resource against the service authorization reference. IAM itself takes actions that do not
/// exist: they allow nothing, and whoever wrote them finds out when a call is denied.
/// </summary>
internal sealed class PolicyCheck
{
    private static readonly ServiceReference Reference = ServiceReference.Shared;

    private readonly List<PolicyFinding> _findings = [];

    private PolicyCheck()
    {
    }

    public static ImmutableArray<PolicyFinding> Of(MapValue properties)
    {
        if (!HasStatements(properties))
            return [];
        var check = new PolicyCheck();
        check.Look(properties, PropertyPath.Top);
        return [.. check._findings];
    }

    // Most resources have none, and need no paths.
    private static bool HasStatements(Value value)
    {
        switch (value)
        {
            case MapValue map:
                foreach (var (name, item) in map)
                {
                    if (name == "Statement" || HasStatements(item))
                        return true;
                }
                return false;
            case ListValue list:
                foreach (var item in list.Items)
                {
                    if (HasStatements(item))
                        return true;
                }
                return false;
            default:
                return false;
        }
    }

    // A policy is told by its form, in whatever property of whatever type it stands.
    private void Look(Value value, PropertyPath path)
    {
        switch (value)
        {
            case MapValue map when map["Statement"] is { } statements && Each(statements, path).Any(IsStatement):
                foreach (var (statement, at) in Each(statements, path.Property("Statement")))
                    Statement(statement, at);
                break;
            case MapValue map:
                foreach (var (name, item) in map)
                {
                    if (item is MapValue or ListValue)
                        Look(item, path.Property(name));
                }
                break;
            case ListValue list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    if (list.Items[i] is MapValue or ListValue)
                        Look(list.Items[i], path.Item(i));
                }
                break;
        }
    }

    private static bool IsStatement((Value Item, PropertyPath Path) part) => part.Item is MapValue map && map["Effect"] is not null;

    private void Statement(Value value, PropertyPath path)
    {
        if (value is not MapValue statement)
            return;
        var actions = Each(statement["Action"], path.Property("Action")).SelectMany(a => Action(a.Item, a.Path)).ToList();
        foreach (var (item, at) in Each(statement["NotAction"], path.Property("NotAction")))
            _ = Action(item, at);
        var resources = Each(statement["Resource"], path.Property("Resource")).Select(r => ArnText.Of(r.Item)).ToList();
        var idle = resources.Count == 0 ? [] : actions.FindAll(a => !a.Actions.Any(action => resources.Exists(r => Takes(action, r))));
        foreach (var action in idle)
            Report(idle.Count == actions.Count ? PolicyRule.WrongResource : PolicyRule.Idle, action);
        if (statement["Condition"] is MapValue conditions)
            Conditions(conditions, path.Property("Condition"), actions, statement["NotAction"] is not null);
    }

    // What an action stands for; nothing where it is not known or not said beforehand.
    private List<Written> Action(Value value, PropertyPath path)
    {
        if (value is not TextValue { Text: var text } || text == "*")
            return [];
        var (prefix, name) = text.IndexOf(':') is > 0 and var colon ? (text[..colon], text[(colon + 1)..]) : ("", text);
        if (Reference.Find(prefix) is not { } service)
        {
            Report(PolicyRule.UnknownAction, path, $"AWS has no service whose actions begin with \"{prefix}:\"",
                Spelling.DidYouMean(prefix, Reference.Services));
            return [];
        }
        if (service.IsGone)
        {
            Report(PolicyRule.Idle, path, $"the service of \"{text}\" is no more", "take the action out");
            return [];
        }
        if (!Glob.HasWildcard(name))
        {
            if (service.Actions[name] is { } only)
                return [new Written(text, path, prefix, [only])];
            Report(PolicyRule.UnknownAction, path, $"AWS has no action \"{text}\"",
                Spelling.Nearest(name, service.Actions.Names) is { } near ? $"did you mean \"{prefix}:{near}\"?" : null);
            return [];
        }
        var all = service.Actions.Fitting(name);
        if (all.IsEmpty)
            Report(PolicyRule.UnknownAction, path, $"no action of AWS fits \"{text}\"");
        return all.IsEmpty ? [] : [new Written(text, path, prefix, all)];
    }

    private void Report(PolicyRule rule, Written written)
    {
        var kinds = written.Actions.SelectMany(a => a.Kinds).DistinctBy(k => k.Name).ToList();
        Report(rule, written.Path, kinds.Count == 0
                ? $"\"{written.Text}\" cannot be allowed on single resources, and so this allows nothing"
                : $"\"{written.Text}\" is nothing that is done to what the statement names",
            kinds.Count == 0 ? "give it a statement of its own with the resource \"*\"" : $"it takes {Names(kinds)}");
    }

    // One of the statement's resources is enough: s3:ListBucket beside s3:GetObject takes the bucket, not the objects.
    private static bool Takes(AuthorizedAction action, string resource) =>
        resource == "*" || action.Kinds.Any(kind => ArnText.Meet(resource, kind.Arn));

    private static string Names(List<ResourceKind> kinds) =>
        string.Join(" or ", kinds.Take(3).Select(k => k.Arn.Replace('+', '*'))) + (kinds.Count > 3 ? ", …" : "");

    private void Conditions(MapValue conditions, PropertyPath path, List<Written> actions, bool excepted)
    {
        var keys = from op in conditions
                   from key in op.Value as MapValue ?? []
                   select (key.Key, Path: path.Property(op.Key).Property(key.Key));
        foreach (var (key, at) in keys)
            Key(key, at, excepted ? [] : actions);
    }

    private void Key(string key, PropertyPath path, List<Written> actions)
    {
        var prefix = key.Split(':')[0];
        // Of identity providers, named by their domains, the keys are their own.
        if (prefix.Contains('.') || prefix is "saml" || prefix.Contains('$'))
            return;
        if (Reference.Find(prefix) is not { } service)
        {
            Report(PolicyRule.UnknownKey, path, $"no condition key of AWS begins with \"{prefix}:\"",
                Spelling.DidYouMean(prefix, Reference.Services));
        }
        else if (service.Keys.FirstOrDefault(k => Fits(k, key)) is not { } known)
        {
            Report(PolicyRule.UnknownKey, path, $"AWS has no condition key \"{key}\"", Spelling.DidYouMean(key, service.Keys));
        }
        else if (prefix != "aws" && actions.Count > 0 && actions.All(a => a.Actions.All(action => !action.Keys.Contains(known))))
        {
            Report(PolicyRule.ForeignKey, path, $"\"{key}\" is not set in any call of {string.Join(", ", actions.Select(a => a.Text))}");
        }
    }

    // Keys with a name of the user's in them: aws:RequestTag/${TagKey}.
    private static bool Fits(string known, string key)
    {
        var name = known.IndexOfAny(['$', '/']);
        var fixedPart = name < 0 ? known : known[..(known[name] == '/' ? name + 1 : name)];
        return fixedPart.Length < known.Length
            ? key.StartsWith(fixedPart, StringComparison.OrdinalIgnoreCase) && key.Length > fixedPart.Length
            : key.Equals(known, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<(Value Item, PropertyPath Path)> Each(Value? value, PropertyPath path) => value switch
    {
        null => [],
        ListValue list => list.Items.Select((item, i) => (item, path.Item(i))),
        _ => [(value, path)],
    };

    private void Report(PolicyRule rule, PropertyPath path, string message, string? hint = null) =>
        _findings.Add(new PolicyFinding(rule, path.ToString(), message, hint));

    /// <summary>An action as a statement writes it, and all that it stands for.</summary>
    private sealed record Written(string Text, PropertyPath Path, string Service, ImmutableArray<AuthorizedAction> Actions);
}
