using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Finds the line that causes a change.</summary>
internal static class SourceLines
{
    public static ResourceChange Place(ResourceChange change, Stack stack, ObjectIndex? objects)
    {
        if (change.Kind is not (ChangeKind.Update or ChangeKind.Replace) || objects is null
            || WrittenFields.Of(objects, stack.Ref) is not { } written)
        {
            return change;
        }
        return change with
        {
            Properties =
            [
                // What only follows is written nowhere.
                .. change.Properties.Select(p => p.Follows.IsEmpty
                    ? p with { Source = written.PlaceOf(change.After, p.Path, p.After) }
                    : p),
            ],
        };
    }
}
