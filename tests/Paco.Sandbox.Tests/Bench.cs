using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>A clock that stands still until it is told to go on.</summary>
internal sealed class StillClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(double seconds) => _now = _now.AddSeconds(seconds);
}

/// <summary>An error a cloud answered.</summary>
internal sealed class Refusal(int status, string code, string message) : Exception($"{code}: {message}")
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string Words { get; } = message;
}

/// <summary>A cloud and a client that writes requests as an SDK would, with a signature nobody verifies.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly HttpClient _http;

    private readonly bool _owns = true;

    public Bench(SandboxOptions? options = null)
    {
        Cloud = LocalCloud.Open((options ?? new()) with { Time = Clock });
        _http = new HttpClient(Cloud.CreateHandler());
    }

    /// <summary>The same cloud under another key.</summary>
    private Bench(Bench other, string key) =>
        (Cloud, Clock, Key, _http, _owns) = (other.Cloud, other.Clock, key, new HttpClient(other.Cloud.CreateHandler()), false);

    public LocalCloud Cloud { get; }

    public StillClock Clock { get; } = new();

    public string Key { get; } = "AKIATEST";

    /// <summary>A session in another account of the same cloud.</summary>
    public async Task<Bench> In(string account) => new(this, await SignIn(account));

    public string Region { get; set; } = "us-west-2";

    public static SandboxOptions With(params Fault[] faults) => new() { Faults = [.. faults] };

    /// <summary>A Query call; values as <c>Name=value</c>. The answer's result element, without namespaces.</summary>
    public async Task<XElement> Query(string service, string action, params string[] values) => await Query(Key, service, action, values);

    public async Task<XElement> Query(string key, string service, string action, string[] values)
    {
        var form = values.Select(v => v.Split('=', 2)).Select(v => KeyValuePair.Create(v[0], v[1]))
            .Prepend(KeyValuePair.Create("Action", action));
        using var content = new FormUrlEncodedContent(form);
        var (_, body, _) = await Send(key, service, HttpMethod.Post, $"https://{service}.{Region}.amazonaws.com/", content);
        return Plain(XElement.Parse(body));
    }

    public async Task<XElement> Cfn(string action, params string[] values) => await Query("cloudformation", action, values);

    public async Task<JsonNode> Json(string service, string operation, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1");
        var (_, text, _) = await Send(Key, service, HttpMethod.Post, $"https://{service}.{Region}.amazonaws.com/", content,
            ("X-Amz-Target", $"Target.{operation}"));
        return JsonNode.Parse(text)!;
    }

    public async Task<(HttpStatusCode Status, string Body, HttpResponseHeaders Headers)> Rest(string service, HttpMethod method, string url,
        string? body = null, params (string, string)[] headers)
    {
        using var content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        return await Send(Key, service, method, url, content, headers);
    }

    public Task<(HttpStatusCode Status, string Body, HttpResponseHeaders Headers)> S3(HttpMethod method, string path, string? body = null,
        params (string, string)[] headers) =>
        Rest("s3", method, $"https://s3.{Region}.amazonaws.com/{path}", body, headers);

    /// <summary>Puts an object into a bucket, which is made where it is not there.</summary>
    public async Task Put(string bucket, string key, string content)
    {
        try
        {
            await S3(HttpMethod.Put, bucket,
                $"<CreateBucketConfiguration><LocationConstraint>{Region}</LocationConstraint></CreateBucketConfiguration>");
        }
        catch (Refusal there) when (there.Code == "BucketAlreadyOwnedByYou")
        {
        }

        await S3(HttpMethod.Put, $"{bucket}/{key}", content);
    }

    /// <summary>Creates a stack and looks again, when it is finished.</summary>
    public async Task<string> Create(string name, string template, params string[] values)
    {
        await Cfn("CreateStack",
            [$"StackName={name}", $"TemplateBody={template}", "Capabilities.member.1=CAPABILITY_NAMED_IAM", .. values]);
        return await Status(name);
    }

    public async Task<string> Update(string name, string template, params string[] values)
    {
        await Cfn("UpdateStack",
            [$"StackName={name}", $"TemplateBody={template}", "Capabilities.member.1=CAPABILITY_NAMED_IAM", .. values]);
        return await Status(name);
    }

    public async Task<XElement> Stack(string name) => (await Cfn("DescribeStacks", $"StackName={name}")).Descendants("Stacks").Single()
        .Elements().Single();

    public async Task<string> Status(string name) => (await Stack(name)).Element("StackStatus")!.Value;

    public async Task<string> Output(string name, string key) =>
        (await Stack(name)).Descendants("Outputs").Elements().Single(o => o.Element("OutputKey")!.Value == key)
            .Element("OutputValue")!.Value;

    /// <summary>The events oldest first, a line each: <c>Logical STATUS reason</c>.</summary>
    public async Task<List<string>> Events(string name) =>
        [.. (await Cfn("DescribeStackEvents", $"StackName={name}")).Descendants("StackEvents").Elements()
        .Select(e =>
            $"{e.Element("LogicalResourceId")!.Value} {e.Element("ResourceStatus")!.Value} {e.Element("ResourceStatusReason")?.Value}".TrimEnd()).Reverse()];

    public async Task<XElement> Resource(string stack, string logical) =>
        (await Cfn("DescribeStackResource", $"StackName={stack}", $"LogicalResourceId={logical}")).Descendants("StackResourceDetail")
            .Single();

    public async Task<string> Physical(string stack, string logical) => (await Resource(stack, logical))
        .Element("PhysicalResourceId")!.Value;

    /// <summary>The properties something really has, by Cloud Control.</summary>
    public async Task<JsonNode> Properties(string type, string id)
    {
        var answer = await Json("cloudcontrolapi", "GetResource",
            new JsonObject { ["TypeName"] = type, ["Identifier"] = id }.ToJsonString());
        return JsonNode.Parse(answer["ResourceDescription"]!["Properties"]!.ToString())!;
    }

    /// <summary>The key of a session in another account.</summary>
    public async Task<string> SignIn(string account) =>
        (await Query("sts", "AssumeRole", $"RoleArn=arn:aws:iam::{account}:role/Delegate", "RoleSessionName=test"))
            .Descendants("AccessKeyId").Single().Value;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_owns)
        {
            await Cloud.DisposeAsync();
        }
    }

    private async Task<(HttpStatusCode, string, HttpResponseHeaders)> Send(
        string key, string service, HttpMethod method, string url, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential={key}/20261122/{Region}/{service}/aws4_request, SignedHeaders=host, Signature=00");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? (response.StatusCode, body, response.Headers) : throw Refused((int)response.StatusCode, body);
    }

    private static Refusal Refused(int status, string body)
    {
        if (body.StartsWith('{'))
        {
            var json = JsonNode.Parse(body)!;
            return new(status, json["__type"]!.ToString(), json["message"]!.ToString());
        }

        var xml = body.Length == 0 ? new XElement("none") : Plain(XElement.Parse(body));
        return new(status, xml.DescendantsAndSelf("Code").FirstOrDefault()?.Value ?? "", xml.Descendants("Message").FirstOrDefault()?.Value
            ?? "");
    }

    public static XElement Plain(XElement element) => new(
        element.Name.LocalName,
        element.Nodes().Select(n => n is XElement child ? Plain(child) : n));
}
