using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>A service of the JSON protocols: the operation is in <c>X-Amz-Target</c>, behind the dot.</summary>
internal abstract class JsonService(string name, string version = "1.1") : IService
{
    public string Name => name;

    public string Operation(WireRequest request) => request.Header("x-amz-target")?.Split('.')[^1] ?? "";

    public WireResponse Answer(Call call) => Answers.Json(version, call.RequestId, Do(call, Body(call.Request)));

    public WireResponse Refuse(WireRequest request, AwsError error, string requestId) => Answers.JsonError(version, error, requestId);

    protected abstract JsonNode? Do(Call call, JsonObject body);

    /// <summary>A member that must be there.</summary>
    protected static string Required(JsonObject body, string member) =>
        body[member]?.ToString() is { Length: > 0 } value
            ? value
            : throw new AwsError("ValidationException",
                $"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");

    protected static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>One page of a list and the token of the next: the number of items told so far.</summary>
    protected static (List<T> Page, string? Next) Page<T>(IReadOnlyCollection<T> all, JsonObject body, string sizeMember, int most,
        string tokenMember = "NextToken")
    {
        var size = body[sizeMember] switch
        {
            null => most,
            JsonValue asked when asked.TryGetValue<int>(out var number) => Math.Clamp(number, 1, most),
            _ => throw new AwsError("SerializationException", $"{sizeMember} is no whole number"),
        };
        var skip = 0;
        if (body[tokenMember]?.ToString() is { Length: > 0 } token && !int.TryParse(token, out skip))
        {
            throw new AwsError("InvalidNextTokenException", "The token is not one of ours");
        }

        return ([.. all.Skip(skip).Take(size)], all.Count > skip + size ? $"{skip + size}" : null);
    }

    private static JsonObject Body(WireRequest request)
    {
        try
        {
            return request.Body.Length == 0 ? [] : Json.Read(request.BodyText) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new AwsError("SerializationException", "The body is not a JSON object");
        }
    }
}
