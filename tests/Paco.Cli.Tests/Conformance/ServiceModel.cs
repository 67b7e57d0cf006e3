using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Paco.Cli.Tests.Conformance;

/// <summary>One service as botocore's <c>service-2.json</c> has it: protocol, operations, shapes. Read when it is asked for.</summary>
internal sealed class ServiceModel
{
    private static readonly ConcurrentDictionary<string, Lazy<ServiceModel>> Known = new(StringComparer.Ordinal);

    private readonly JsonElement _root;

    private ServiceModel(string name, JsonElement root)
    {
        (Name, _root) = (name, root);
        Operations = root.GetProperty("operations").EnumerateObject().ToDictionary(o => o.Name, o => new Operation(this, o.Value));
    }

    /// <summary>As signatures name it: <c>cloudcontrolapi</c>.</summary>
    public string Name { get; }

    public IReadOnlyDictionary<string, Operation> Operations { get; }

    public string Protocol => Metadata("protocol")!;

    /// <summary>The protocol of an exchange: a service of several is asked in the older ones, which are text.</summary>
    public string ProtocolOf(Exchange exchange) => Protocol != "smithy-rpc-v2-cbor" ? Protocol
        : exchange.Headers.ContainsKey("x-amz-target") ? "json" : "query";

    public static ServiceModel Of(string name) => Known.GetOrAdd(name, n => new(() => Read(n))).Value;

    /// <summary>A word of the service as a whole: <c>apiVersion</c>, <c>targetPrefix</c>, …</summary>
    public string? Metadata(string name) =>
        _root.GetProperty("metadata").TryGetProperty(name, out var value) ? value.ToString() : null;

    public JsonElement Shape(string name) => _root.GetProperty("shapes").GetProperty(name);

    /// <summary>True where any operation may be refused with that code.</summary>
    public bool HasError(string code) => Operations.Values.SelectMany(o => o.Errors).Any(e => e.ErrorCode == code);

    private static ServiceModel Read(string name)
    {
        var folder = Folder(name) ?? throw new KeyNotFoundException($"botocore has no model of a service that signs as {name}");
        using var file = new GZipStream(File.OpenRead(Newest(folder)), CompressionMode.Decompress);
        return new(name, JsonDocument.Parse(file).RootElement);
    }

    private static string? Folder(string name)
    {
        var data = Botocore.Data ?? throw new DirectoryNotFoundException("The AWS CLI is here, and its service models are not found");
        var direct = Path.Combine(data, name);
        return Directory.Exists(direct) ? direct
            : Directory.EnumerateDirectories(data).Order(StringComparer.Ordinal).FirstOrDefault(f => SignsAs(f, name));
    }

    /// <summary>Its metadata come first in the file, long before it is worth reading whole.</summary>
    private static bool SignsAs(string folder, string name)
    {
        if (Newest(folder) is not { Length: > 0 } model)
            return false;
        using var file = new GZipStream(File.OpenRead(model), CompressionMode.Decompress);
        var head = new byte[2048];
        var text = Encoding.UTF8.GetString(head, 0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        return text.Contains($"\"endpointPrefix\":\"{name}\"", StringComparison.Ordinal);
    }

    private static string Newest(string folder) => Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
        .Select(version => Path.Combine(version, "service-2.json.gz")).LastOrDefault(File.Exists) ?? "";
}

/// <summary>An operation of a service.</summary>
internal sealed class Operation(ServiceModel service, JsonElement definition)
{
    public ServiceModel Service => service;

    public string Name => definition.GetProperty("name").GetString()!;

    public Shape? Input => definition.TryGetProperty("input", out var input) ? new(service, input) : null;

    public Shape? Output => definition.TryGetProperty("output", out var output) ? new(service, output) : null;

    public IEnumerable<Shape> Errors =>
        definition.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().Select(e => new Shape(service, e)) : [];

    public string Method => Http("method") ?? "POST";

    /// <summary><c>/{Bucket}/{Key+}?versions</c></summary>
    public string Uri => Http("requestUri") ?? "/";

    /// <summary>The status of an answer, where there is only one.</summary>
    public string? Status => Http("responseCode");

    /// <summary>True where a checksum of the body may be sent beside the members.</summary>
    public bool TakesChecksum => definition.TryGetProperty("httpChecksum", out _);

    private string? Http(string name) => definition.GetProperty("http").TryGetProperty(name, out var value) ? value.ToString() : null;
}

/// <summary>A shape as something refers to it; what the reference says of it wins.</summary>
internal sealed class Shape(ServiceModel service, JsonElement reference)
{
    private readonly JsonElement _definition = service.Shape(reference.GetProperty("shape").GetString()!);

    public string Name => reference.GetProperty("shape").GetString()!;

    public string Type => _definition.GetProperty("type").GetString()!;

    public Shape Item => new(service, _definition.GetProperty("member"));

    public Shape Key => new(service, _definition.GetProperty("key"));

    public Shape Value => new(service, _definition.GetProperty("value"));

    public IEnumerable<(string Name, Shape Shape)> Members => _definition.TryGetProperty("members", out var members)
        ? members.EnumerateObject().Select(m => (m.Name, new Shape(service, m.Value))) : [];

    public IEnumerable<string> Required => List("required");

    public IEnumerable<string> Enum => List("enum");

    /// <summary>Its place in HTTP: <c>uri</c>, <c>header</c>, <c>headers</c>, <c>querystring</c>; null where it is in the body.</summary>
    public string? Location => Text("location");

    public string? LocationName => Text("locationName");

    public bool IsFlattened => Text("flattened") == "True";

    public string? Payload => Text("payload");

    /// <summary>The code an error answers with.</summary>
    public string ErrorCode =>
        _definition.TryGetProperty("error", out var error) && error.TryGetProperty("code", out var code) ? code.GetString()! : Name;

    /// <summary>The status an error answers with, where the model says one.</summary>
    public int? ErrorStatus =>
        _definition.TryGetProperty("error", out var error) && error.TryGetProperty("httpStatusCode", out var status)
            ? status.GetInt32() : null;

    public string? Text(string trait) => reference.TryGetProperty(trait, out var own) ? own.ToString()
        : _definition.TryGetProperty(trait, out var value) ? value.ToString() : null;

    public double? Number(string trait) => _definition.TryGetProperty(trait, out var value) && value.ValueKind == JsonValueKind.Number
        ? value.GetDouble() : null;

    private IEnumerable<string> List(string trait) =>
        _definition.TryGetProperty(trait, out var list) ? list.EnumerateArray().Select(e => e.GetString()!) : [];
}
