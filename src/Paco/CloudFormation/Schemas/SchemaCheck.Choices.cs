using System.Collections.Immutable;

namespace Paco.CloudFormation.Schemas;

internal sealed partial class SchemaCheck
{
    private void Choices(Shape shape, TemplateNode node, PropertyCursor trail)
    {
        foreach (var part in shape.AllOf)
        {
            Value(part.Shape, node, trail);
        }

        BestOf(shape.AnyOf, node, trail);
        if (BestOf(shape.OneOf, node, trail) && node.IsObject && shape.OneOf.All(branch => branch.Shape.IsRequiredOnly))
        {
            ExactlyOne(shape.OneOf, node, trail);
        }
    }

    /// <summary>True where a branch fits; else the findings of the one that fits best are taken over.</summary>
    private bool BestOf(ImmutableArray<ShapeLink> branches, TemplateNode node, PropertyCursor trail)
    {
        if (branches.IsEmpty)
        {
            return false;
        }

        List<List<SchemaFinding>> tried = [];
        foreach (var branch in branches)
        {
            var found = Try(branch.Shape, node, trail);
            if (found.Count == 0)
            {
                return true;
            }

            tried.Add(found);
        }

        _findings.AddRange(Best(branches, tried, trail));
        return false;
    }

    private List<SchemaFinding> Try(Shape branch, TemplateNode node, PropertyCursor trail)
    {
        var outer = _findings;
        _findings = [];
        Value(branch, node, trail);
        (var found, _findings) = (_findings, outer);
        return found;
    }

    private static List<SchemaFinding> Best(ImmutableArray<ShapeLink> branches, List<List<SchemaFinding>> tried, PropertyCursor trail)
    {
        var place = trail.ToString();
        if (branches.Length > 1 && tried.All(found => found.All(finding => finding.Rule == SchemaRule.Missing && finding.Path == place)))
        {
            var sets = branches.Select(branch => string.Join(" with ", branch.Shape.Object?.Required ?? [])).Where(set => set.Length > 0);
            return [new SchemaFinding(SchemaRule.Choice, place, $"{trail.Leaf}: needs one of {string.Join(", ", sets.Distinct())}")];
        }

        return tried.MinBy(found => found.Sum(finding => Weight(finding, place)))!;
    }

    // What is wrong with the value itself says that another branch was meant; what is wrong inside it says that this one was.
    private static int Weight(SchemaFinding finding, string place) => finding.Rule switch
    {
        SchemaRule.Missing or SchemaRule.Unknown or SchemaRule.Choice => 100,
        SchemaRule.WrongType when finding.Path == place => 1000,
        _ => 1,
    };

    private void ExactlyOne(ImmutableArray<ShapeLink> branches, TemplateNode map, PropertyCursor trail)
    {
        var given = branches.Where(branch => branch.Shape.Object!.Required.All(name => IsCertainlyThere(map, name, out _))).ToList();
        if (given.Count > 1)
        {
            var common = given.Select(branch => branch.Shape.Object!.Required.AsEnumerable()).Aggregate(Enumerable.Intersect).ToHashSet();
            var others = given.SelectMany(branch => branch.Shape.Object!.Required).Distinct().Where(name => !common.Contains(name));
            OnlyOne([.. others], map, trail);
        }
    }
}
