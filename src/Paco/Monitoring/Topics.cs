using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Monitoring;

/// <summary>
/// Topics of <c>resource/sns.yaml</c>, found by name in the account and region of whoever notifies. Parameters of deployed stacks are named
/// after the path.
/// </summary>
public static class Topics
{
    public static readonly DiagnosticCode Missing = new("PACO3091", Severity.Error, "no topic where one is needed",
        "Whoever notifies uses the topic of that name in its own account and region: an alarm reaches no topic of another region, and one of another account only where that topic says `cross_account_access: true`. Health checks of Route 53 need theirs in us-east-1. Add the account and region to the topic's `locations` in `resource/sns.yaml`, or to its `default_locations`; `resource/snstopics.yaml` has `regions` for its one account.");

    /// <summary>The reference that yields a topic's ARN.</summary>
    public static Ref Arn(Place place, string group, Location written)
    {
        var path = $"{ITopics.Computed}.{place.Account}.{place.Region}.{group}.arn";
        return new Ref(path, path, written);
    }

    /// <summary>Why a reference to a topic leads nowhere and what to add; null for references to anything else.</summary>
    public static (string Message, string WayOut)? WhatLacks(ObjectIndex index, ObjectPath path)
    {
        if (path.Parts is not ["resource", "sns", "computed", var account, var region, var name, ..])
            return null;
        var message = $"there is no topic \"{name}\" in {new Place(account, region)}";
        if (index.Find(ITopics.Path) is not ITopics file)
        {
            return (message,
                $"write resource/sns.yaml: default_locations: [{Location(account, region)}], and the topic {name} below topics:");
        }
        if (!file.TopicNames.Contains(name))
            return (message, Spelling.DidYouMean(name, file.TopicNames) ?? $"add the topic {name} to {file.File}");
        var places = PlacesOf(index, name);
        return (places.Count == 0 ? $"{message}: it is switched off" : $"{message}: it is in {string.Join(", ", places)}",
            WayOut(file, new Place(account, region), places));
    }

    private static string WayOut(ITopics file, Place wanted, List<Place> places)
    {
        if (places.Count == 0)
            return $"enable it in {file.File}";
        if (places.Exists(p => p.Region == wanted.Region))
        {
            return $"say cross_account_access: true at the topic in {file.File}, or make one there too: "
                + Location(wanted.Account, wanted.Region);
        }
        return file.File.EndsWith("snstopics.yaml", StringComparison.Ordinal)
            ? $"add {wanted.Region} to the regions in {file.File}"
            : $"add to the topic's locations in {file.File}: {Location(wanted.Account, wanted.Region)}";
    }

    private static List<Place> PlacesOf(ObjectIndex index, string topic) =>
    [
        .. from account in index.Children(ITopics.Computed)
           from region in index.Children($"{ITopics.Computed}.{account}")
           where index.Find($"{ITopics.Computed}.{account}.{region}.{topic}") is not null
           select new Place(account, region),
    ];

    private static string Location(string account, string region) => $"{{account: paco.ref accounts.{account}, regions: [{region}]}}";
}
