using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Conformance;

/// <summary>A request as it was sent and what was answered, to the byte. Names of headers are lower-case.</summary>
internal sealed record Exchange(
    string Service, string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body, int Status,
    IReadOnlyDictionary<string, string> AnswerHeaders, byte[] Answer)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string AnswerText => Encoding.UTF8.GetString(Answer);

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The fields of a form or of a query, decoded.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Fields(string text) =>
        text.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=', 2))
            .Select(f => KeyValuePair.Create(Decoded(f[0]), f.Length > 1 ? Decoded(f[1]) : ""));

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

/// <summary>Stands before a cloud and writes down what passes.</summary>
internal sealed partial class Recorder(HttpMessageHandler cloud) : DelegatingHandler(cloud)
{
    public ConcurrentQueue<Exchange> Exchanges { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var answer = await base.SendAsync(request, cancellationToken);
        var content = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var service = Scope().Match(request.Headers.NonValidated["Authorization"].ToString()).Groups[1].Value;
        Exchanges.Enqueue(new(
            service, request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query,
            Names(request.Headers, request.Content?.Headers), body, (int)answer.StatusCode,
            Names(answer.Headers, answer.Content.Headers), content));
        return answer;
    }

    private static Dictionary<string, string> Names(params System.Net.Http.Headers.HttpHeaders?[] all) =>
        all.OfType<System.Net.Http.Headers.HttpHeaders>().SelectMany(h => h.NonValidated)
            .ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString());

    [GeneratedRegex("Credential=[^/]+/[0-9]+/[^/]+/([^/]+)/")]
    private static partial Regex Scope();
}
