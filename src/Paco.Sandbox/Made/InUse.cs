using System.Text.Json.Nodes;
using Paco.CloudFormation.Types;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>What others use and AWS therefore does not delete.</summary>
internal static class InUse
{
    /// <summary>Throws <see cref="ResourceFailure"/> where something that is there names it.</summary>
    public static void Refuse(Store store, LiveResource it)
    {
        var facts = ResourceFacts.Of(it.Type);
        if (facts.Uses.IsEmpty)
        {
            return;
        }

        var called = Called(facts, it);
        if (facts.Uses.FirstOrDefault(use => Candidates(store, facts, it, called, use.Type).Any(o => IsUser(o, use, called))) is { } used)
        {
            var words = (used.Busy ?? facts.Busy)?.Fill(part => part == "id" ? it.Physical : Json.Scalar(it.Properties[part]))
                ?? $"{it.Physical} is in use";
            throw new ResourceFailure($"Resource handler returned message: \"{words}\" (HandlerErrorCode: InvalidRequest)");
        }
    }

    // What another region calls so is something else, unless it is one for all regions.
    private static IEnumerable<LiveResource> Candidates(
        Store store, ResourceFacts facts, LiveResource it, HashSet<string> called, string type)
    {
        var made = called.SelectMany(text => store.Mentioning(it.Account, type, text))
            .Where(other => facts.IsGlobal || other.Region == it.Region);
        return type == Servers.Instance ? made.Concat(Servers.All(store, it.Account, it.Region)) : made;
    }

    // What lives in it and names it as its own target as well goes with it.
    private static bool IsUser(LiveResource other, ResourceUse use, HashSet<string> called) =>
        Names(other.Properties[use.Property], called)
        && !ResourceFacts.Of(other.Type).Unique.SelectMany(u => u.Within)
            .Any(within => within != use.Property && Names(other.Properties[within], called));

    private static bool Names(JsonNode? value, HashSet<string> called) => value switch
    {
        JsonValue text => called.Contains(Json.Scalar(text)),
        JsonArray items => items.Any(item => Names(item, called)),
        JsonObject map => map.Any(entry => Names(entry.Value, called)),
        _ => false,
    };

    // Its id, and what else is its own alone.
    private static HashSet<string> Called(ResourceFacts facts, LiveResource it) =>
    [
        .. it.Attributes.Where(a => a.Value is JsonValue && facts.Identity(a.Key) is not null).Select(a => Json.Scalar(a.Value))
            .Append(it.Physical).Where(text => text.Length > 0),
    ];
}
