using Microsoft.AspNetCore.Http;

namespace Paco.Sandbox;

/// <summary>
/// Reads the bodies of requests, piece by piece: no more of one than it may have, of all together no more than
/// <see cref="MostTogether"/>, and of a slow one no longer than <see cref="Within"/>.
/// </summary>
internal sealed class RequestBodies
{
    private const long MostTogether = 128 * 1024 * 1024;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    private long _held;

    /// <summary>The body, or what keeps it from being read. <see cref="Release"/> follows when it is answered.</summary>
    public async Task<(BodyReading How, byte[] Body)> Read(HttpContext context, long most)
    {
        if (context.Request.ContentLength > most)
            return (BodyReading.TooLarge, []);
        using var timeout = new CancellationTokenSource(Within, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, timeout.Token);
        using var body = new MemoryStream();
        var how = BodyReading.Cut;
        try
        {
            how = await Read(context.Request.Body, body, most, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            how = BodyReading.TooSlow;
        }
        catch (BadHttpRequestException e)
        {
            how = e.StatusCode == StatusCodes.Status408RequestTimeout ? BodyReading.TooSlow : BodyReading.Cut;
        }
        finally
        {
            // Nobody is given it: nobody will release it.
            if (how != BodyReading.Whole)
                Interlocked.Add(ref _held, -body.Length);
        }
        return (how, how == BodyReading.Whole ? body.ToArray() : []);
    }

    /// <summary>A body that was read whole is needed no longer.</summary>
    public void Release(byte[] body) => Interlocked.Add(ref _held, -body.Length);

    private async Task<BodyReading> Read(Stream from, MemoryStream into, long most, CancellationToken cancel)
    {
        var part = new byte[64 * 1024];
        while (await from.ReadAsync(part, cancel) is > 0 and var count)
        {
            if (into.Length + count > most)
                return BodyReading.TooLarge;
            into.Write(part, 0, count);
            if (Interlocked.Add(ref _held, count) > MostTogether)
                return BodyReading.TooManyTogether;
        }
        return BodyReading.Whole;
    }
}

/// <summary>How the reading of a body ended.</summary>
internal enum BodyReading
{
    Whole,
    TooLarge,
    TooSlow,
    TooManyTogether,

    /// <summary>It ended before it was over, or was no HTTP.</summary>
    Cut,
}
