using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Cli.Tests.Conformance;

namespace Paco.Cli.Tests.Canaries;

/// <summary>What becomes of an answer on its way.</summary>
public enum Distortion
{
    /// <summary>A refusal of the protocol that quotes headers and body of the request.</summary>
    Repeats,

    /// <summary>A page that does so.</summary>
    Page,

    /// <summary>The right answer, cut in the middle.</summary>
    Cut,

    /// <summary>The right answer with something of somebody else's around it.</summary>
    Wrapped,

    /// <summary>The right answer, as an error.</summary>
    Refused,
}

/// <summary>Answers one operation otherwise than the cloud behind it does.</summary>
internal sealed class Distorting(HttpMessageHandler cloud, string service, string operation, Distortion how) : DelegatingHandler(cloud)
{
    /// <summary>Answers as they were before.</summary>
    public ConcurrentBag<Exchange> Whole { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = string.Join('\n', request.Headers.NonValidated.Select(h => $"{h.Key}: {h.Value}"));
        if (!IsMeant(headers, body))
            return await base.SendAsync(request, cancellationToken);
        var all = $"{headers}\n{body}\n{Uri.UnescapeDataString(body.Replace('+', ' '))}";
        if (how is Distortion.Repeats or Distortion.Page)
            return Answer(how == Distortion.Page ? $"<html><body>{all}</body></html>" : Refusal(body, all), HttpStatusCode.BadRequest);
        using var right = await base.SendAsync(request, cancellationToken);
        var text = await right.Content.ReadAsStringAsync(cancellationToken);
        var none = new Dictionary<string, string>();
        Whole.Add(new Exchange(service, "POST", "/", "", none, [], 200, none, Encoding.UTF8.GetBytes(text)));
        return how switch
        {
            Distortion.Cut => Answer(text[..(text.Length * 3 / 4)], HttpStatusCode.OK),
            Distortion.Wrapped => Answer($"oops {text}", HttpStatusCode.OK),
            _ => Answer(text, HttpStatusCode.BadRequest),
        };
    }

    private bool IsMeant(string headers, string body) => headers.Contains($"/{service}/", StringComparison.Ordinal)
        && (body.Contains($"Action={operation}&", StringComparison.Ordinal) || headers.Contains($".{operation}", StringComparison.Ordinal));

    private static string Refusal(string body, string all) => body.StartsWith('{')
        ? new JsonObject { ["__type"] = "InvalidRequestException", ["message"] = $"not {all}" }.ToJsonString()
        : new XElement("ErrorResponse",
            new XElement("Error", new XElement("Code", "InvalidParameterValue"), new XElement("Message", $"not {all}"))).ToString();

    private static HttpResponseMessage Answer(string text, HttpStatusCode status) => new(status) { Content = new StringContent(text) };
}
