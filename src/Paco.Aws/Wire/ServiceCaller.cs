using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Paco.Clouds;

namespace Paco.Aws.Wire;

/// <summary>Keys to sign with, shared by all who call.</summary>
internal interface IKeySource
{
    Task<AwsKeys> Keys(CancellationToken cancel);

    /// <summary>Says that AWS did not take these any longer; the next <see cref="Keys"/> brings others, if there are others.</summary>
    void Forget(AwsKeys used);
}

/// <summary>Calls services in one account and region: takes turns, signs, tries again, renews a session once, reads the answer.</summary>
internal sealed class ServiceCaller(Transport transport, IKeySource source, string region, Limiter limiter, Retry retry)
{
    public string Region => region;

    public Task<WireResponse> Send(WireRequest request, CancellationToken cancel)
    {
        var (renewed, isSent) = (false, false);
        return retry.Call(
            async () =>
            {
                // Keys come by calls that are repeated themselves.
                isSent = false;
                var keys = await source.Keys(cancel);
                isSent = true;
                try
                {
                    return await Once(request, keys, cancel);
                }
                catch (CloudException e) when (e.Kind is CloudErrorKind.ExpiredToken && !renewed)
                {
                    renewed = true;
                    source.Forget(keys);
                    return await Once(request, await source.Keys(cancel), cancel);
                }
            },
            e => isSent && (e.Kind == CloudErrorKind.Throttled || (e.IsPassing && (request.Repeatable || NeverArrived(e)))),
            cancel);
    }

    private static bool NeverArrived(CloudException error) =>
        error.Code is "ConnectionRefused" or "HostNotFound" or "NameResolutionError" or "TryAgain";

    /// <summary>Sends a call whose answer is XML and reads it.</summary>
    public async Task<T> Xml<T>(WireRequest request, Func<XElement, T> read, CancellationToken cancel)
    {
        var response = await Send(request, cancel);
        try
        {
            return read(WireXml.Parse(response.Body));
        }
        catch (Exception e) when (e is XmlException or FormatException or OverflowException)
        {
            throw AwsErrors.Unreadable(request, response, e);
        }
    }

    /// <summary>Sends a call whose answer is JSON and reads it.</summary>
    public async Task<T> Json<T>(WireRequest request, Func<JsonElement, T> read, CancellationToken cancel)
    {
        var response = await Send(request, cancel);
        try
        {
            using var document = JsonDocument.Parse(response.Body);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw AwsErrors.Unreadable(request, response, e);
        }
    }

    private async Task<WireResponse> Once(WireRequest request, AwsKeys keys, CancellationToken cancel)
    {
        var round = await limiter.Enter(cancel);
        var throttled = false;
        try
        {
            var response = await transport.Exchange(request, keys, region, cancel);
            if (response.IsSuccess)
            {
                return response;
            }

            var error = AwsErrors.Read(request, response);
            throttled = error.Kind == CloudErrorKind.Throttled;
            throw error;
        }
        finally
        {
            limiter.Leave(round, throttled);
        }
    }
}

/// <summary>Follows a list over its pages.</summary>
internal static class Pages
{
    /// <summary>Every item, page by page, until a page names no next one or <paramref name="until"/> is met (exclusive).</summary>
    public static async Task<List<T>> All<T>(Func<string?, Task<(IEnumerable<T> Items, string? Next)>> page, Func<T, bool>? until = null)
    {
        var all = new List<T>();
        for (string? token = null; ;)
        {
            var (items, next) = await page(token);
            foreach (var item in items)
            {
                if (until?.Invoke(item) == true)
                {
                    return all;
                }

                all.Add(item);
            }

            // A cloud that names the same page again would keep us here for ever.
            if (string.IsNullOrEmpty(next) || next == token)
            {
                return all;
            }

            token = next;
        }
    }
}
