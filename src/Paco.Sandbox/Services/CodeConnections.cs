using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>
/// CodeConnections, under its name of today and the one of before: the connections that stacks made. None of either answers how a
/// pending one becomes available.
/// </summary>
/// <param name="type">The type of resource that this name lists; one of the other is found by its ARN.</param>
internal sealed class CodeConnections(string name, string type) : JsonService(name, "1.0")
{
    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "GetConnection" => new JsonObject { ["Connection"] = Describe(Find(call, body)) },
        "ListConnections" => List(call, body),
        _ => throw AwsError.NotEmulated($"{Name}:{call.Operation}"),
    };

    private JsonObject List(Call call, JsonObject body)
    {
        var provider = body["ProviderTypeFilter"]?.ToString();
        var all = call.Store.OfType(call.Account, call.Region, type)
            .Where(c => provider is null || c.Properties["ProviderType"]?.ToString() == provider).ToList();
        var (page, next) = Page(all, body, "MaxResults", 100);
        return new() { ["Connections"] = new JsonArray([.. page.Select(Describe)]), ["NextToken"] = next };
    }

    // One of another account would have to be shared with this one, which nothing here does.
    private static LiveResource Find(Call call, JsonObject body)
    {
        var arn = Required(body, "ConnectionArn");
        return Connections.Find(call.Store, arn) is { } it && it.Account == call.Account && it.Region == call.Region
            ? it
            : throw new AwsError("ResourceNotFoundException", $"Connection {arn} not found");
    }

    private static JsonObject Describe(LiveResource it) => new()
    {
        ["ConnectionName"] = it.Properties["ConnectionName"]?.ToString(),
        ["ConnectionArn"] = it.Physical,
        ["ProviderType"] = it.Properties["ProviderType"]?.ToString(),
        ["OwnerAccountId"] = it.Account,
        ["ConnectionStatus"] = it.Attributes[Connections.Status]?.ToString(),
        ["HostArn"] = it.Properties["HostArn"]?.ToString(),
    };
}
