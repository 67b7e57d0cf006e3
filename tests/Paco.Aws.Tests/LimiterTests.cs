using Paco.Aws.Wire;

namespace Paco.Aws.Tests;

public sealed class LimiterTests
{
    [Fact]
    public async Task Calls_throttled_together_halve_the_limit_once_and_successes_bring_it_back()
    {
        var limiter = new Limiter(10);
        var rounds = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => limiter.Enter(CancellationToken.None)));

        Array.ForEach(rounds, round => limiter.Leave(round, throttled: true));
        Assert.Equal(5, limiter.Limit);

        limiter.Leave(await limiter.Enter(CancellationToken.None), throttled: false);
        Assert.Equal(5, limiter.Limit);
        for (var i = 0; i < 60; i++)
        {
            limiter.Leave(await limiter.Enter(CancellationToken.None), throttled: false);
        }

        Assert.Equal(10, limiter.Limit);
    }

    [Fact]
    public async Task It_never_falls_below_one()
    {
        var limiter = new Limiter(4);
        for (var i = 0; i < 8; i++)
        {
            limiter.Leave(await limiter.Enter(CancellationToken.None), throttled: true);
        }

        Assert.Equal(1, limiter.Limit);
    }

    [Fact]
    public async Task Whoever_comes_too_many_waits_for_a_turn_in_order()
    {
        var limiter = new Limiter(1);
        var first = await limiter.Enter(CancellationToken.None);
        var second = limiter.Enter(CancellationToken.None);
        var third = limiter.Enter(CancellationToken.None);

        Assert.False(second.IsCompleted);
        limiter.Leave(first, throttled: false);
        limiter.Leave(await second, throttled: false);
        await third;
    }

    [Fact]
    public async Task Whoever_gives_up_leaves_the_turn_to_the_next()
    {
        using var stop = new CancellationTokenSource();
        var limiter = new Limiter(1);
        var first = await limiter.Enter(CancellationToken.None);
        var impatient = limiter.Enter(stop.Token);
        var patient = limiter.Enter(CancellationToken.None);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        limiter.Leave(first, throttled: false);
        await patient;
    }
}
