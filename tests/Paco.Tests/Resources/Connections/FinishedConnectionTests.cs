using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Resources.Connections;
using Paco.Stacks;

namespace Paco.Tests.Resources.Connections;

public sealed class FinishedConnectionTests
{
    private const string Arn = "arn:aws:codeconnections:eu-west-1:222222222222:connection/0a1b2c3d-1111-2222-3333-444455556666";

    private const string Console =
        "https://eu-west-1.console.aws.amazon.com/codesuite/settings/222222222222/eu-west-1/codeconnections/connections/0a1b2c3d-1111-2222-3333-444455556666";

    private static readonly ImmutableDictionary<string, string> Inputs =
        ImmutableDictionary<string, string>.Empty.Add(FinishedConnection.Arn, Arn);

    private static readonly FinishedConnection Action = new("GitHub")
    {
        Id = new NodeId(new Place("tools", "us-west-2"), "connection"),
        Ref = "netenv.mynet.dev.us-west-2.applications.app.groups.deploy.resources.pipeline",
        Title = "connection",
    };

    private readonly SmallCloud _cloud = new();

    [Theory]
    [InlineData("PENDING", "PACO5041", $"the connection shop is still pending: open {Console}, finish it there, then run this again")]
    [InlineData("ERROR", "PACO5042", $"the connection shop is in the status ERROR: see {Console}, then run this again")]
    [InlineData(null, "PACO5043", $"there is no connection {Arn}, or tools may not see it")]
    public async Task One_that_cannot_be_used_is_said_in_the_plan_and_fails_the_run(string? status, string code, string words)
    {
        Stands(status);

        var planned = await Action.Read(_cloud, Inputs, default);
        var done = await Apply();

        Assert.Equal((false, words), (planned.IsCurrent, planned.Detail));
        Assert.Equal((code, words), (done.Code?.Id, done.Failure));
        Assert.Empty(done.Outputs);
    }

    [Fact]
    public async Task One_that_can_be_used_gives_its_arn()
    {
        Stands("AVAILABLE");

        var planned = await Action.Read(_cloud, Inputs, default);
        var done = await Apply();

        Assert.True(planned.IsCurrent);
        Assert.Equal(Arn, planned.Outputs[FinishedConnection.Arn]);
        Assert.Equal((null, Arn), (done.Failure, done.Outputs[FinishedConnection.Arn]));
    }

    [Fact]
    public async Task A_connection_is_asked_for_in_its_own_region()
    {
        await Action.Read(_cloud, Inputs, default);

        Assert.Equal(["GetConnection in tools · eu-west-1"], _cloud.Calls);
    }

    private void Stands(string? status)
    {
        if (status is not null)
            _cloud.Connections[Arn] = new CodeConnection(Arn, "shop", "GitHub", status);
    }

    private Task<ActionResult> Apply() =>
        Action.Apply(_cloud, Inputs, new ActionContext(TimeProvider.System, NoSecretSink.Instance), default);
}
