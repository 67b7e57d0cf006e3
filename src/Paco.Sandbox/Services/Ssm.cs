using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Systems Manager's parameters: AWS's public ones and those that stacks made.</summary>
internal sealed class Ssm() : JsonService("ssm")
{
    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "GetParameter" => new JsonObject
        {
            ["Parameter"] = Find(call, Required(body, "Name")) ?? throw new AwsError("ParameterNotFound", ""),
        },
        "GetParameters" => GetParameters(call, body),
        _ => throw AwsError.NotEmulated($"ssm:{call.Operation}"),
    };

    private static JsonObject GetParameters(Call call, JsonObject body)
    {
        var names = (body["Names"] as JsonArray ?? []).Select(n => n!.ToString()).ToList();
        var found = names.Select(name => (name, Parameter: Find(call, name))).ToList();
        return new()
        {
            ["Parameters"] = new JsonArray([.. found.Select(f => f.Parameter).OfType<JsonNode>()]),
            ["InvalidParameters"] = new JsonArray([.. found.Where(f => f.Parameter is null).Select(f => JsonValue.Create(f.name))]),
        };
    }

    private static JsonObject? Find(Call call, string name)
    {
        var made = call.Store.Find(call.Account, call.Region, "AWS::SSM::Parameter", name);
        var value = StoredParameters.Value(call.Store, call.Account, call.Region, name);
        return value is null ? null : new()
        {
            ["Name"] = name,
            ["Type"] = made?.Properties["Type"]?.ToString() ?? "String",
            ["Value"] = value,
            ["Version"] = 1,
            ["LastModifiedDate"] = made is null ? 1767225600.0 : Seconds(made.Created),
            ["ARN"] = made is null ? $"arn:{SandboxContext.Partition(call.Region)}:ssm:{call.Region}::parameter{name}"
                : $"arn:{SandboxContext.Partition(call.Region)}:ssm:{call.Region}:{call.Account}:parameter/{name.TrimStart('/')}",
            ["DataType"] = "text",
        };
    }
}
