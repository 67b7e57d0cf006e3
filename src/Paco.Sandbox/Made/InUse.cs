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
        if (!facts.Uses.Any(use => Candidates(store, it, use.Type).Any(other => Names(other, use, it))))
        {
            return;
        }

        var words = facts.Busy?.Fill(part => part == "id" ? it.Physical : Json.Scalar(it.Properties[part]))
            ?? $"{it.Physical} is in use";
        throw new ResourceFailure($"Resource handler returned message: \"{words}\" (HandlerErrorCode: InvalidRequest)");
    }

    private static IEnumerable<LiveResource> Candidates(Store store, LiveResource it, string type)
    {
        var made = Called(it).SelectMany(called => store.Mentioning(it.Account, type, called));
        return type == Servers.Instance ? made.Concat(Servers.All(store, it.Account, it.Region)) : made;
    }

    // What lives in it and names it as its own target as well goes with it.
    private static bool Names(LiveResource other, ResourceUse use, LiveResource it) =>
        IsNamed(other.Properties[use.Property], it)
        && !ResourceFacts.Of(other.Type).Unique.SelectMany(u => u.Within)
            .Any(within => within != use.Property && IsNamed(other.Properties[within], it));

    private static bool IsNamed(JsonNode? value, LiveResource it) => value switch
    {
        JsonValue text => Called(it).Contains(Json.Scalar(text)),
        JsonArray items => items.Any(item => IsNamed(item, it)),
        JsonObject map => map.Any(entry => IsNamed(entry.Value, it)),
        _ => false,
    };

    // Its id, and what else is its own alone.
    private static IEnumerable<string> Called(LiveResource it) => it.Attributes
        .Where(a => a.Value is JsonValue && ResourceFacts.Of(it.Type).Identity(a.Key) is not null).Select(a => Json.Scalar(a.Value))
        .Append(it.Physical).Where(called => called.Length > 0).Distinct();
}
