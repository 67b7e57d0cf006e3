using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Cli.Tests.Views;
using Paco.Sandbox;

namespace Paco.Cli.Tests.Conformance;

/// <summary>Calls a sandbox by hand, one operation at a time, and writes down what passes. Nothing is thrown for a refusal.</summary>
internal sealed class Caller : IAsyncDisposable
{
    private const string Region = "us-west-2";

    private readonly StillTime _time = new();
    private readonly LocalCloud _cloud;
    private readonly HttpClient _http;

    public Caller(params Fault[] faults)
    {
        _cloud = LocalCloud.Open(new SandboxOptions { Time = _time, Pace = Pace.Realistic, Faults = [.. faults] });
        Recorder = new Recorder(_cloud.CreateHandler());
        _http = new HttpClient(Recorder);
    }

    public Recorder Recorder { get; }

    /// <summary>What the cloud's clock says, in milliseconds.</summary>
    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Enough time for whatever is under way.</summary>
    public void Pass() => _time.Pass(TimeSpan.FromDays(1));

    /// <summary>A call of the Query protocol; fields as <c>Name=value</c>.</summary>
    public async Task<XElement> Query(string service, string action, params string[] fields)
    {
        var form = new[] { $"Action={action}", $"Version={ServiceModel.Of(service).Metadata("apiVersion")}" }.Concat(fields)
            .Select(f => f.Split('=', 2)).Select(f => KeyValuePair.Create(f[0], f[1]));
        using var content = new FormUrlEncodedContent(form);
        return XElement.Parse(await Send(service, HttpMethod.Post, "/", content));
    }

    /// <summary>A call of the JSON protocol.</summary>
    public async Task<JsonNode> Json(string service, string operation, string body = "{}")
    {
        var model = ServiceModel.Of(service);
        using var content = new StringContent(body);
        content.Headers.ContentType = new($"application/x-amz-json-{model.Metadata("jsonVersion")}");
        return JsonNode.Parse(await Send(service, HttpMethod.Post, "/", content,
            ("X-Amz-Target", $"{model.Metadata("targetPrefix")}.{operation}")))!;
    }

    /// <summary>A call of a REST protocol; the path with its query, the body as it is.</summary>
    public async Task<string> Rest(string service, string method, string path, string? body = null, params (string, string)[] headers)
    {
        using var content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        return await Send(service, new HttpMethod(method), path, content, headers);
    }

    /// <summary>The value of the first element of that name.</summary>
    public static string Value(XElement answer, string name) => answer.Descendants().First(e => e.Name.LocalName == name).Value;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cloud.DisposeAsync();
    }

    private async Task<string> Send(string service, HttpMethod method, string path, HttpContent? content, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"https://{service}.{Region}.amazonaws.com{path}") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=AKIATEST/20261122/{Region}/{service}/aws4_request, SignedHeaders=host, Signature=00");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
