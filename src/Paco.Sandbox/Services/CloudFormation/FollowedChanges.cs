using System.Text.Json.Nodes;
using Paco.CloudFormation.Types;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Services.CloudFormation;

/// <content>What changes because something it refers to does.</content>
internal static partial class Changes
{
    // What of a resource becomes another: attributes of what changes in place; all of what may be, or is, replaced.
    private enum Moving
    {
        Attributes,
        MaybeWhole,
        Whole,
    }

    /// <summary>
    /// Properties whose text says the same and whose values may not. Like CloudFormation, this knows nothing of single attributes: all of
    /// a resource that is or may be replaced, and every attribute of one that is changed, may be another. Only what is replaced for sure
    /// is no question (<c>Static</c>).
    /// </summary>
    private static IEnumerable<JsonObject> Followed(StackScope scope, StackResource present, string type, Dictionary<string, Moving> moving)
    {
        foreach (var (path, function) in Functions(scope.Template.Resource(present.Logical)["Properties"], ""))
        {
            var causes = Intrinsics.Mentions(function).Distinct().Where(m => moving.TryGetValue(m.Name, out var what)
                && (what != Moving.Attributes || m.Attribute is not null)).ToList();
            if (causes.Exists(m => moving[m.Name] == Moving.Whole))
            {
                yield return Told(true, Follower(present, type, path, "Dynamic", "DirectModification", null));
            }

            foreach (var (name, attribute) in causes)
            {
                var follower = Follower(present, type, path, moving[name] == Moving.Whole ? "Static" : "Dynamic",
                    attribute is null ? "ResourceReference" : "ResourceAttribute", attribute is null ? name : $"{name}.{attribute}");
                yield return moving[name] == Moving.Attributes && !Moves(scope.Template.Type(name), attribute)
                    ? Told(false, follower) : follower;
            }
        }
    }

    // A launch template's newest version is another after any change of it.
    private static bool Moves(string type, string? attribute) => ResourceFacts.Of(type).Moves.Any(m => m.Name == attribute);

    // Some AWS tells only to those who ask for values, some only to those who do not: an attribute of what stays is the value it has.
    private static JsonObject Told(bool withValues, JsonObject detail)
    {
        detail["WithValues"] = withValues;
        return detail;
    }

    private static JsonObject Follower(StackResource present, string type, string path, string evaluation, string source, string? entity) =>
        Detail("Properties", path, Replacement.OfPath(type, OutsideLists(path)), evaluation, source, "Modify",
            At(present.Properties, path), KnownAfterApply, entity);

    // The outermost functions below a node, and where they are.
    private static IEnumerable<(string Path, JsonNode Function)> Functions(JsonNode? node, string path)
    {
        if (Intrinsics.IsFunction(node, out _, out _))
        {
            return [(path, node!)];
        }

        IEnumerable<(string Name, JsonNode? Node)> members = node switch
        {
            JsonObject map => map.Select(p => (p.Key, p.Value)),
            JsonArray items => items.Select((item, i) => ($"{i}", item)),
            _ => [],
        };
        return members.SelectMany(m => Functions(m.Node, path.Length == 0 ? m.Name : $"{path}/{m.Name}"));
    }

    private static string OutsideLists(string path) => string.Join('/', path.Split('/').TakeWhile(part => !int.TryParse(part, out _)));

    // What stands at a place, where there is such a place, becomes another.
    private static void Put(JsonObject properties, string path, string value)
    {
        var parts = path.Split('/');
        switch (parts[..^1].Aggregate((JsonNode?)properties, Member))
        {
            case JsonObject map:
                map[parts[^1]] = value;
                break;
            case JsonArray items when int.TryParse(parts[^1], out var i) && i < items.Count:
                items[i] = value;
                break;
        }
    }
}
