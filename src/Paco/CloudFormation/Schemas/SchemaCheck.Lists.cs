using System.Text.Json.Nodes;

namespace Paco.CloudFormation.Schemas;

internal sealed partial class SchemaCheck
{
    private void List(ListShape limits, JsonArray list, PropertyPath trail)
    {
        CountItems(limits, list, trail);
        if (limits.Unique)
        {
            Unique(list, trail);
        }

        for (var i = 0; i < list.Count; i++)
        {
            if ((i < limits.PrefixItems.Length ? limits.PrefixItems[i] : limits.Items) is { } shape)
            {
                Value(shape.Shape, list[i], trail.Item(i));
            }
        }
    }

    private void CountItems(ListShape limits, JsonArray list, PropertyPath trail)
    {
        var most = list.Count(item => !Intrinsic.IsNoValue(item));
        var least = list.Count(item => !Intrinsic.IsNoValue(item) && !Intrinsic.MayBeAbsent(item));
        if (limits.MinItems > most || limits.MaxItems < least)
        {
            var allowed = Between(limits.MinItems, limits.MaxItems);
            Add(SchemaRule.Count, trail, $"{trail.Leaf}: {Plural(most, "item", "items")} where {allowed} are allowed");
        }
    }

    private void Unique(JsonArray list, PropertyPath trail)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is { } item && !Intrinsic.IsNoValue(item) && !seen.Add(item.ToJsonString()))
            {
                Add(SchemaRule.Duplicate, trail.Item(i), $"{trail.Item(i).Leaf}: {Quote(item, trail)} is in the list twice");
            }
        }
    }
}
