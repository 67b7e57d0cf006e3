namespace Paco.CloudFormation.Schemas;

internal sealed partial class SchemaCheck
{
    private void List(ListShape limits, TemplateNode list, PropertyCursor trail)
    {
        CountItems(limits, list, trail);
        if (limits.Unique && list.Count > 1)
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

    private void CountItems(ListShape limits, TemplateNode list, PropertyCursor trail)
    {
        if (limits.MinItems is null && limits.MaxItems is null)
        {
            return;
        }

        var (most, least) = (0, 0);
        for (var i = 0; i < list.Count; i++)
        {
            if (!list[i].IsNoValue)
            {
                most++;
                least += list[i].MayBeAbsent ? 0 : 1;
            }
        }

        if (limits.MinItems > most || limits.MaxItems < least)
        {
            var allowed = Between(limits.MinItems, limits.MaxItems);
            Add(SchemaRule.Count, trail, $"{trail.Leaf}: {Plural(most, "item", "items")} where {allowed} are allowed");
        }
    }

    private void Unique(TemplateNode list, PropertyCursor trail)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is { IsNull: false, IsNoValue: false } item && !seen.Add(item.Json))
            {
                Add(SchemaRule.Duplicate, trail.Item(i), $"{trail.Item(i).Leaf}: {Quote(item, trail)} is in the list twice");
            }
        }
    }
}
