using Paco.CloudFormation;

namespace Paco.Planning.Security;

/// <summary>
/// What one stack's changes open and close. Both sides are taken apart into single accesses, whatever resource or list they
/// stand in, so that what only moved is no change.
/// </summary>
internal sealed class StackComparison
{
    private readonly PlannedStack _stack;
    private readonly List<(ResourceChange Change, Access Access)> _added;
    private readonly List<(ResourceChange Change, Access Access)> _removed;

    private StackComparison(PlannedStack stack, OutputNames outputs)
    {
        _stack = stack;
        var reading = new DisplayValues(stack, outputs);
        var before = Side(reading, c => c.Before, c => c.After);
        var after = Side(reading, c => c.After, c => c.Before);
        _added = Without(after, before);
        _removed = [.. Without(before, after).Where(r => !IsKept(r.Change))];
        Narrow();
    }

    public static IEnumerable<SecurityChange> Of(PlannedStack stack, OutputNames outputs) => new StackComparison(stack, outputs).Changes();

    private IEnumerable<SecurityChange> Changes() =>
    [
        .. _added.Select(a => new SecurityChange(_stack, a.Change.LogicalId, IsAdded: true, a.Access) { Source = a.Change.Source }),
        .. _removed.Select(r => new SecurityChange(_stack, r.Change.LogicalId, IsAdded: false,
            r.Access) { IsDenialLifted = IsLifted(r.Change, r.Access) }),
    ];

    private List<(ResourceChange, Access)> Side(DisplayValues reading, Func<ResourceChange, MapValue?> side,
        Func<ResourceChange, MapValue?> other) =>
    [
        .. from change in _stack.Changes
           let properties = side(change)
           where properties is not null
           from access in AccessReader.Of(change.Type, change.LogicalId, properties, other(change), reading)
           select (change, access),
    ];

    private static List<(ResourceChange Change, Access Access)> Without(List<(ResourceChange Change, Access Access)> all,
        List<(ResourceChange Change, Access Access)> others)
    {
        var known = others.Select(o => Key(o.Access)).ToHashSet();
        return [.. all.Where(a => known.Add(Key(a.Access)))];
    }

    // What stays when it leaves the template goes on letting in whom it let in.
    private static bool IsKept(ResourceChange change) =>
        change.Kind is ChangeKind.Delete or ChangeKind.Replace && change.DeletionPolicy is "Retain" or "RetainExceptOnCreate";

    private static (string, string) Key(Access access) => (access.Holder, access.Say());

    // A statement that gains an action is that action, not one statement less and another more.
    private void Narrow()
    {
        for (var i = _added.Count - 1; i >= 0; i--)
        {
            var mine = _added[i].Access;
            var j = _removed.FindIndex(r => Beyond(mine, r.Access) is not null);
            if (j < 0)
                continue;
            var theirs = _removed[j].Access;
            Replace(_added, i, Beyond(mine, theirs)!);
            Replace(_removed, j, Beyond(theirs, mine)!);
        }
    }

    private static void Replace(List<(ResourceChange Change, Access Access)> list, int at, Access rest)
    {
        if (StatementOf(rest)!.IsNothing(StatementOf(list[at].Access)!))
            list.RemoveAt(at);
        else
            list[at] = (list[at].Change, rest);
    }

    private static Access? Beyond(Access mine, Access theirs) => (mine, theirs) switch
    {
        _ when mine.Holder != theirs.Holder => null,
        (StatementAccess a, StatementAccess b)
            when a.OnHolder == b.OnHolder && a.Statement.Beyond(b.Statement) is { } rest => a with { Statement = rest },
        (TrustAccess a, TrustAccess b) when a.Statement.Beyond(b.Statement) is { } rest => a with { Statement = rest },
        _ => null,
    };

    private static Statement? StatementOf(Access access) => access switch
    {
        StatementAccess a => a.Statement,
        TrustAccess a => a.Statement,
        _ => null,
    };

    // With the holder its denials go for good; one denial in place of another is not none.
    private bool IsLifted(ResourceChange change, Access access) =>
        access.IsDenial && _stack.Action != NodeAction.Delete
        && !(change.Kind == ChangeKind.Delete
            && change.Type is "AWS::IAM::Role" or "AWS::IAM::User" or "AWS::IAM::Group" or "AWS::KMS::Key")
        && !_added.Exists(a => a.Access.IsDenial && a.Access.Holder == access.Holder);
}
