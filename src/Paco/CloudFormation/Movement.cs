using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;

namespace Paco.CloudFormation;

/// <summary>Whether a reference gives something else after a change, the weakest first.</summary>
public enum Movement
{
    /// <summary>It gives what it gave.</summary>
    Stays,

    /// <summary>Nobody can say before.</summary>
    MayMove,

    /// <summary>It gives something else, known only when the change is made.</summary>
    Moves,
}

/// <summary>A reference whose value moves: <c>LaunchTemplate.LatestVersionNumber</c>, or the name of a parameter.</summary>
internal readonly record struct MovedReference(string Name, Movement Movement);

/// <summary>
/// What of a resource moves when it changes: everything of one that is replaced; of one that is updated in place what the table of
/// types says, and what its own properties say. Of a type without facts every attribute that AWS writes may move.
/// </summary>
internal static class ResourceMovement
{
    /// <param name="attribute">What <c>Fn::GetAtt</c> names; null for <c>Ref</c>.</param>
    public static Movement Of(ResourceChange change, string? attribute) => change.Kind switch
    {
        ChangeKind.Replace => change.MayBeReplaced ? Movement.MayMove : Movement.Moves,
        ChangeKind.Update when attribute is not null => InPlace(change, attribute),
        ChangeKind.Create when change.IsRecreated => Movement.Moves,
        _ => Movement.Stays,
    };

    private static Movement InPlace(ResourceChange change, string attribute)
    {
        var facts = ResourceFacts.Of(change.Type);
        var strongest = Movement.Stays;
        foreach (var property in change.Properties.Where(p => p.IsOfProperties))
        {
            if (IsPartOf(property.Path, attribute) || IsPartOf(attribute, property.Path) || facts.Moves.Any(m => MovesWith(m, property)))
                strongest = Strongest(strongest, property.MayStay ? Movement.MayMove : Movement.Moves);
            else if (facts.Source.Length == 0 && IsMadeByAws(change.Type, attribute))
                strongest = Strongest(strongest, Movement.MayMove);
        }
        return strongest;

        bool MovesWith(MovingAttribute moving, PropertyChange property) =>
            moving.Name == attribute && (moving.With.IsEmpty || moving.With.Contains(property.Top));
    }

    public static Movement Strongest(Movement a, Movement b) => a > b ? a : b;

    // What identifies a resource is the same as long as the resource is.
    private static bool IsMadeByAws(string type, string attribute) => ResourceSchemas.Shared.Find(type) is not { } schema
        || (schema.IsReadOnly(attribute.Replace('.', '/')) && !schema.PrimaryIdentifier.Contains(attribute.Replace('.', '/')));

    private static bool IsPartOf(string path, string whole) => path.StartsWith(whole, StringComparison.Ordinal)
        && (path.Length == whole.Length || path[whole.Length] is '.' or '[');
}
