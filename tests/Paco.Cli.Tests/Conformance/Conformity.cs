using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Paco.Cli.Tests.Conformance;

/// <summary>Holds an exchange to the model of its service, in the service's protocol.</summary>
internal sealed class Conformity
{
    private readonly ServiceModel _service;
    private readonly Exchange _exchange;
    private readonly List<string> _found = [];

    private Conformity(Exchange exchange) => (_exchange, _service) = (exchange, ServiceModel.Of(exchange.Service));

    private string Protocol => _service.ProtocolOf(_exchange);

    private bool IsQuery => Protocol is "query" or "ec2";

    private bool IsRest => Protocol.StartsWith("rest-", StringComparison.Ordinal);

    // JSON knows numbers and flags; what stands in addresses and XML is text.
    private bool IsJsonBody => _service.Protocol == "rest-json";

    /// <summary>The operation (null where the model has none like it) and what deviates.</summary>
    public static (Operation? Operation, IReadOnlyList<string> Found) Of(Exchange exchange)
    {
        var it = new Conformity(exchange);
        var operation = it.Find();
        if (operation is null)
            return (null, [$"{exchange.Service} {exchange.Method} {exchange.Path}{exchange.Query}: the service has no such operation"]);
        // Whoever sends what the sandbox does not know reads so; what it would be on AWS is nobody's business here.
        if (exchange.Status != 501)
        {
            it.Request(operation);
            if (exchange.IsSuccess)
                it.Answer(operation);
            else
                it._found.AddRange(Refusal.Deviations(operation, exchange).Select(f => $"error {f}"));
        }
        return (operation, [.. it._found.Select(f => $"{exchange.Service}:{operation.Name} {f}")]);
    }

    private Operation? Find() => IsRest ? RestAddress.Find(_service, _exchange)
        : _service.Operations.GetValueOrDefault(IsQuery
            ? Exchange.Fields(_exchange.Text).FirstOrDefault(f => f.Key == "Action").Value ?? ""
            : _exchange.Headers.GetValueOrDefault("x-amz-target", "").Split('.')[^1]);

    private void Request(Operation operation)
    {
        if (IsRest)
            RestRequest(operation);
        else if (IsQuery)
            QueryRequest(operation);
        else
            JsonRequest(operation);
    }

    private void QueryRequest(Operation operation)
    {
        var fields = Exchange.Fields(_exchange.Text).ToDictionary(f => f.Key, f => f.Value);
        fields.Remove("Action");
        fields.Remove("Version", out var version);
        Same("request Version", _service.Metadata("apiVersion"), version);
        Same("request", "POST /", $"{_exchange.Method} {_exchange.Path}");
        var type = _exchange.Headers.GetValueOrDefault("content-type", "").Split(';')[0];
        Same("request content-type", "application/x-www-form-urlencoded", type);
        var tree = new QueryTree(fields, _service.Protocol == "ec2");
        if (operation.Input is { } input)
            Check(input, tree.Read(input, ""), "request ", isText: true);
        _found.AddRange(tree.Unread.Select(name => $"request {name}: no such member"));
    }

    private void JsonRequest(Operation operation)
    {
        var target = $"{_service.Metadata("targetPrefix")}.{operation.Name}";
        Same("request x-amz-target", target, _exchange.Headers.GetValueOrDefault("x-amz-target"));
        Same("request", "POST /", $"{_exchange.Method} {_exchange.Path}");
        Same("request content-type", JsonType, _exchange.Headers.GetValueOrDefault("content-type"));
        if (Json(_exchange.Body, "request ") is { } tree && operation.Input is { } input)
            Check(input, tree, "request ", isText: false);
    }

    private string JsonType => $"application/x-amz-json-{_service.Metadata("jsonVersion")}";

    private void RestRequest(Operation operation)
    {
        var tree = new JsonObject();
        _found.AddRange(RestAddress.Read(operation, _exchange, tree).Select(f => $"request {f}"));
        if (operation.Input is { } input)
            Check(input, Body(input, _exchange.Body, tree, "request "), "request ", !IsJsonBody);
        else if (_exchange.Body.Length > 0)
            _found.Add("request: a body, where there is no input");
    }

    private void Answer(Operation operation)
    {
        if (operation.Status is { } status)
            Same("answer status", status, $"{_exchange.Status}");
        if (Protocol == "json")
            JsonAnswer(operation);
        else if (IsRest)
            RestAnswer(operation);
        else
            XmlAnswer(operation);
    }

    private void JsonAnswer(Operation operation)
    {
        Same("answer content-type", JsonType, _exchange.AnswerHeaders.GetValueOrDefault("content-type"));
        if (Json(_exchange.Answer, "answer ") is { } tree && operation.Output is { } output)
            Check(output, tree, "answer ", isText: false);
    }

    /// <summary>
    /// Query: a result in a response, with the request's id beside it. EC2 has no result, and the id first; what has nothing to answer says
    /// <c>return</c> there, which the model leaves out.
    /// </summary>
    private void XmlAnswer(Operation operation)
    {
        if (Xml(_exchange.Answer, "answer ") is not { } root)
            return;
        Same("answer", $"{operation.Name}Response", root.Name.LocalName);
        Same("answer xmlns", _service.Metadata("xmlNamespace")!.TrimEnd('/'), root.Name.NamespaceName.TrimEnd('/'));
        var wrapper = operation.Output?.Text("resultWrapper");
        var result = wrapper is null ? root : root.Elements().FirstOrDefault(e => e.Name.LocalName == wrapper);
        if (root.Descendants().All(e => !string.Equals(e.Name.LocalName, "requestId", StringComparison.OrdinalIgnoreCase)))
            _found.Add("answer: without the id of the request");
        foreach (var meta in root.Elements().Where(e => e.Name.LocalName is "requestId" or "ResponseMetadata").ToList())
            meta.Remove();
        if (operation.Output is { } output && result is null)
            _found.Add($"answer: without {wrapper}");
        else if (operation.Output is { } known)
            Tree(known, result!, [], "answer ");
        else if (root.Elements().FirstOrDefault(e => _service.Protocol != "ec2" || e.Name.LocalName != "return") is { } more)
            _found.Add($"answer {more.Name.LocalName}: there is no output");
    }

    private void RestAnswer(Operation operation)
    {
        var (tree, members) = (new JsonObject(), operation.Output?.Members.ToList() ?? []);
        _found.AddRange(RestAddress.Strange(operation, members, _exchange.AnswerHeaders).Select(h => $"answer {h}: no such header"));
        foreach (var (name, shape) in members.Where(m => m.Shape.Location == "header"))
        {
            if (_exchange.AnswerHeaders.TryGetValue(shape.LocationName!.ToLowerInvariant(), out var text))
                tree[name] = text;
        }
        if (_exchange.Method == "HEAD")
            Check(operation.Output!, tree, "answer ", isText: true);
        else if (operation.Output is { } output)
            Check(output, Body(output, _exchange.Answer, tree, "answer "), "answer ", !IsJsonBody);
        else if (_exchange.Answer.Length > 0)
            _found.Add("answer: a body, where there is no output");
    }

    /// <summary>What is in a REST body: one member as it is, or all members that are nowhere else.</summary>
    private JsonObject Body(Shape shape, byte[] body, JsonObject tree, string at)
    {
        var payload = shape.Payload is { } name ? shape.Members.First(m => m.Name == name) : default;
        if (payload.Shape is { Type: "blob" or "string" })
        {
            if (body.Length > 0)
                tree[payload.Name] = payload.Shape.Type == "blob" ? Convert.ToBase64String(body) : Encoding.UTF8.GetString(body);
        }
        else if (body.Length > 0 && IsJsonBody)
        {
            Merge(tree, Json(body, at) as JsonObject);
        }
        else if (body.Length > 0 && Xml(body, at) is { } element)
        {
            var whole = payload.Shape ?? shape;
            if (whole.LocationName is { } expected && at == "request ")
                Same($"{at}root", expected, element.Name.LocalName);
            var read = Read(whole, element, at);
            if (payload.Shape is not null)
                tree[payload.Name] = read;
            else
                Merge(tree, read as JsonObject);
        }
        else if (payload.Shape is null && shape.Members.Any(m => m.Shape.Location is null && shape.Required.Contains(m.Name)))
        {
            _found.Add($"{at}body: empty");
        }
        return tree;
    }

    private static void Merge(JsonObject tree, JsonObject? more)
    {
        foreach (var (name, value) in more?.ToList() ?? [])
            tree[name] = value?.DeepClone();
    }

    private void Tree(Shape shape, XElement element, JsonObject beside, string at)
    {
        Merge(beside, Read(shape, element, at) as JsonObject);
        Check(shape, beside, at, isText: true);
    }

    private JsonNode? Read(Shape shape, XElement element, string at)
    {
        var reader = new XmlTree();
        var tree = reader.Read(shape, element, "");
        _found.AddRange(reader.Unknown.Select(u => $"{at}{u}"));
        return tree;
    }

    private void Check(Shape shape, JsonNode? tree, string at, bool isText) =>
        _found.AddRange(ShapeCheck.Of(shape, tree, "", isText).Select(f => $"{at}{f}"));

    private void Same(string what, string? expected, string? actual)
    {
        if (expected != actual)
            _found.Add($"{what}: {actual ?? "nothing"} instead of {expected}");
    }

    private JsonNode? Json(byte[] body, string at)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            _found.Add($"{at}body: no JSON");
            return null;
        }
    }

    private XElement? Xml(byte[] body, string at)
    {
        try
        {
            using var stream = new MemoryStream(body);
            return XDocument.Load(stream).Root;
        }
        catch (XmlException)
        {
            _found.Add($"{at}body: no XML");
            return null;
        }
    }
}
