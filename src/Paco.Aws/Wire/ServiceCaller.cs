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
/// <param name="account">The name and id of the account that is called; null while somebody signs in.</param>
internal sealed class ServiceCaller(Transport transport, IKeySource source, string region, Limiter limiter, Retry retry,
    Func<(string Name, string? Id)>? account = null)
{
    public string Region => region;

    /// <summary>
    /// Sends a call and reads its answer. What cannot be read is asked again like what was lost, where that is harmless: reading throws
    /// one of the exceptions of parsers, or <see cref="FormatException"/> with words that quote nothing.
    /// </summary>
    public async Task<T> Answer<T>(WireRequest request, Func<WireResponse, T> read, CancellationToken cancel)
    {
        try
        {
            return await Patiently(request, read, cancel);
        }
        catch (CloudException e) when (account is not null && e.Where is null)
        {
            var (name, id) = account();
            e.At(new CalledPlace(name, id, region));
            throw;
        }
    }

    private Task<T> Patiently<T>(WireRequest request, Func<WireResponse, T> read, CancellationToken cancel)
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
                    return await Once(request, keys, read, cancel);
                }
                catch (CloudException e) when (e.Kind is CloudErrorKind.ExpiredToken && !renewed)
                {
                    renewed = true;
                    source.Forget(keys);
                    return await Once(request, await source.Keys(cancel), read, cancel);
                }
            },
            e => isSent && (e.Kind == CloudErrorKind.Throttled
                || ((e.IsPassing || e.Kind == CloudErrorKind.Unreadable) && (request.Repeatable || NeverArrived(e)))),
            cancel);
    }

    private static bool NeverArrived(CloudException error) =>
        error.Code is "ConnectionRefused" or "HostNotFound" or "NameResolutionError" or "TryAgain";

    /// <summary>Sends a call whose answer is XML and reads it.</summary>
    public Task<T> Xml<T>(WireRequest request, Func<XElement, T> read, CancellationToken cancel) =>
        Answer(request, response => read(WireXml.Parse(response.Body)), cancel);

    /// <summary>Sends a call whose answer is JSON and reads it.</summary>
    public Task<T> Json<T>(WireRequest request, Func<JsonElement, T> read, CancellationToken cancel) => Answer(
        request,
        response =>
        {
            using var document = JsonDocument.Parse(response.Body);
            return read(document.RootElement);
        },
        cancel);

    /// <summary>Sends a call whose answer says only that it was done. Somebody else's page does not say that.</summary>
    public Task Do(WireRequest request, CancellationToken cancel) => Xml(
        request,
        root => root.Name.LocalName.EndsWith("Response", StringComparison.Ordinal)
            ? true
            : throw new FormatException("it does not say that it was done"),
        cancel);

    private static T Read<T>(WireRequest request, AwsKeys keys, WireResponse response, Func<WireResponse, T> read)
    {
        try
        {
            return read(response);
        }
        catch (Exception e) when (e is XmlException or JsonException or FormatException or OverflowException or InvalidOperationException
            or KeyNotFoundException)
        {
            throw AwsErrors.Unreadable(request, response, keys, e);
        }
    }

    private async Task<T> Once<T>(WireRequest request, AwsKeys keys, Func<WireResponse, T> read, CancellationToken cancel)
    {
        var round = await limiter.Enter(cancel);
        var throttled = false;
        try
        {
            var response = await transport.Exchange(request, keys, region, cancel);
            if (response.IsSuccess)
            {
                return Read(request, keys, response, read);
            }

            var error = AwsErrors.Read(request, response, keys);
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
