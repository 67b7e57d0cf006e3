using System.Net.Sockets;

namespace Paco.Sandbox.Tests;

public sealed class FaultTests
{
    private const string Topics = "Resources: {A: {Type: AWS::SNS::Topic}, B: {Type: AWS::SNS::Topic, DependsOn: A}}";

    [Fact]
    public async Task Every_nth_call_is_throttled()
    {
        await using var bench = new Bench(Bench.With(new Fault.Throttle("cloudformation:Describe*", 2)));
        await bench.Cfn("DescribeStacks");
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("DescribeStacks"));
        Assert.Equal(("Throttling", "Rate exceeded"), (refusal.Code, refusal.Words));
        await bench.Cfn("DescribeStacks");
        await bench.Cfn("ListStacks");
    }

    [Fact]
    public async Task A_lost_connection_has_no_answer_and_no_effect()
    {
        await using var bench = new Bench(Bench.With(new Fault.DropConnection("cloudformation:CreateStack", 1)));
        var lost = await Assert.ThrowsAsync<HttpRequestException>(() => bench.Create("s", Topics));
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(lost.InnerException!.InnerException).SocketErrorCode);
        Assert.Equal("CREATE_COMPLETE", await bench.Create("s", Topics));
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_effect()
    {
        await using var bench = new Bench(Bench.With(new Fault.DropConnection("cloudformation:CreateStack", 1, AfterEffect: true)));
        await Assert.ThrowsAsync<HttpRequestException>(() => bench.Create("s", Topics, "ClientRequestToken=t"));
        Assert.Equal("CREATE_COMPLETE", await bench.Create("s", Topics, "ClientRequestToken=t"));
    }

    [Fact]
    public async Task A_cut_answer_leaves_the_effect()
    {
        await using var bench = new Bench(Bench.With(new Fault.CutAnswer("ec2:CreateKeyPair", 1)));
        await Assert.ThrowsAsync<System.Xml.XmlException>(() => bench.Query("ec2", "CreateKeyPair", "KeyName=k"));
        Assert.Contains("k", (await bench.Query("ec2", "DescribeKeyPairs", "KeyName.1=k")).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cloudformation:*", true)]
    [InlineData("cloudformation:*@111111111111/us-west-2", true)]
    [InlineData("cloudformation:*@222222222222/us-west-2", false)]
    [InlineData("cloudformation:*@*/eu-*", false)]
    public async Task A_place_is_refused_whatever_is_asked_there(string glob, bool isRefused)
    {
        await using var bench = new Bench(Bench.With(new Fault.Refuse(glob, "OptInRequired")));
        var refusal = await Record.ExceptionAsync(() => bench.Cfn("DescribeStacks"));
        Assert.Equal(isRefused ? "OptInRequired" : null, (refusal as Refusal)?.Code);
    }

    [Fact]
    public async Task An_expired_token_stays_expired()
    {
        await using var bench = new Bench(Bench.With(new Fault.ExpireToken(3)));
        var key = await bench.SignIn("222222222222");
        await bench.Query(key, "cloudformation", "DescribeStacks", []);
        for (var i = 0; i < 2; i++)
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Query(key, "cloudformation", "DescribeStacks", []));
            Assert.Equal("ExpiredToken", refusal.Code);
        }

        await bench.Query(await bench.SignIn("222222222222"), "cloudformation", "DescribeStacks", []);
    }

    [Fact]
    public async Task A_session_ends_when_its_time_is_over()
    {
        await using var bench = new Bench();
        var key = await bench.SignIn("222222222222");
        bench.Clock.Pass(3599);
        await bench.Query(key, "sts", "GetCallerIdentity", []);
        bench.Clock.Pass(1);
        await Assert.ThrowsAsync<Refusal>(() => bench.Query(key, "sts", "GetCallerIdentity", []));
    }

    [Fact]
    public async Task A_cloud_stops_at_an_event_and_the_file_goes_on_from_there()
    {
        var folder = Directory.CreateTempSubdirectory("paco-sandbox-");
        var file = Path.Combine(folder.FullName, "s.db");
        await using (var bench = new Bench(Bench.With(new Fault.StopAt(3)) with { DatabasePath = file }))
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => bench.Create("s", Topics));
            Assert.True(bench.Cloud.Stopped.IsCancellationRequested);
            await Assert.ThrowsAsync<HttpRequestException>(() => bench.Status("s"));
        }

        await using (var again = new Bench(new SandboxOptions { DatabasePath = file }))
        {
            Assert.Equal("CREATE_COMPLETE", await again.Status("s"));
            Assert.Equal(8, (await again.Events("s")).Count);
        }

        folder.Delete(recursive: true);
    }
}
