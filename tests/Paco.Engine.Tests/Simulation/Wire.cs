using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Paco.Engine.Tests.Simulation;

/// <summary>A call that changes a stack, as it was sent, and whether the cloud refused it.</summary>
internal sealed record SentCall(string Operation, string Key, string Region, string Stack, string Token, bool Refused);

/// <summary>The way to the cloud: it takes its time, and counts what is under way.</summary>
internal sealed partial class Wire(HttpMessageHandler cloud, VirtualTime time, TimeSpan latency) : DelegatingHandler(cloud)
{
    private readonly ConcurrentDictionary<string, int> _underWay = new();
    private int _calls;
    private int _most;

    /// <summary>Calls in all.</summary>
    public int Calls => _calls;

    /// <summary>Calls of CloudFormation by operation, of others by service.</summary>
    public ConcurrentDictionary<string, int> CallsOf { get; } = new(StringComparer.Ordinal);

    /// <summary>The most calls to CloudFormation that were ever under way at once for one session and region.</summary>
    public int MostAtOnce => _most;

    /// <summary>Stacks are made and changed as by somebody who keeps what a failed operation has made.</summary>
    public bool WithoutRollback { get; set; }

    public ConcurrentQueue<SentCall> Sent { get; } = [];

    /// <summary>Asked before each call and before its answer arrives; throws where the process is killed there.</summary>
    public Action Pass { get; set; } = () => { };

    /// <summary>What happens the moment before a call to CloudFormation, told its form, reaches the cloud.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        var scope = Credential().Match(request.Headers.NonValidated["Authorization"].ToString());
        var (key, region, service) = (scope.Groups[1].Value, scope.Groups[2].Value, scope.Groups[3].Value);
        var form = service == "cloudformation" && request.Content is not null
            ? await request.Content.ReadAsStringAsync(cancellationToken)
            : "";
        CallsOf.AddOrUpdate(Field(form, "Action") ?? service, 1, (_, n) => n + 1);
        await Before(form);
        if (WithoutRollback && form.Contains("DisableRollback=false", StringComparison.Ordinal))
        {
            request.Content = new StringContent(form.Replace("DisableRollback=false", "DisableRollback=true", StringComparison.Ordinal),
                Encoding.UTF8, "application/x-www-form-urlencoded");
        }
        var place = $"{key} {region} {service}";
        var now = _underWay.AddOrUpdate(place, 1, (_, n) => n + 1);
        if (service == "cloudformation")
            _most = Math.Max(_most, now);
        HttpStatusCode? status = null;
        try
        {
            await Task.Delay(latency / 2, time, cancellationToken);
            Pass();
            var response = await base.SendAsync(request, cancellationToken);
            status = response.StatusCode;
            Pass();
            await Task.Delay(latency / 2, time, cancellationToken);
            return response;
        }
        finally
        {
            _underWay.AddOrUpdate(place, 0, (_, n) => n - 1);
            Note(form, key, region, status is not null and not HttpStatusCode.OK);
        }
    }

    private void Note(string form, string key, string region, bool refused)
    {
        if (Field(form, "ClientRequestToken") is { } token)
            Sent.Enqueue(new SentCall(Field(form, "Action")!, key, region, Field(form, "StackName")!, token, refused));
    }

    private static string? Field(string form, string name) =>
        form.Split('&').Select(f => f.Split('=')).Where(f => f[0] == name).Select(f => Uri.UnescapeDataString(f[1])).FirstOrDefault();

    [GeneratedRegex(@"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/")]
    private static partial Regex Credential();
}
