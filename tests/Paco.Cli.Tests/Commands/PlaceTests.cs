namespace Paco.Cli.Tests.Commands;

/// <summary>An account or a region that cannot be used is told once: which, what was asked, the way out.</summary>
public sealed class PlaceTests
{
    [Fact]
    public async Task A_region_that_is_not_enabled_is_named_for_people_and_programs()
    {
        using var project = await Starter.WithGlobals();
        const string Off = "refuse:cloudformation:*@222222222222/us-west-2:OptInRequired";
        string[] plan = ["plan", "netenv.mynet.dev", "--sandbox", "--fault", Off];

        var people = (await project.Run(plan)).Fails();
        var program = (await project.Run([.. plan, "--json"])).Fails().Json;

        Assert.Contains("error: dev (222222222222) · us-west-2, cloudformation:DescribeStacks: You are not subscribed", people.Error,
            StringComparison.Ordinal);
        Assert.Contains("AWS Regions", people.Error, StringComparison.Ordinal);
        Assert.Equal(("dev", "222222222222", "us-west-2", "cloudformation:DescribeStacks", "OptInRequired"),
            ($"{program["account"]}", $"{program["accountId"]}", $"{program["region"]}", $"{program["operation"]}", $"{program["code"]}"));
        Assert.Contains("AWS Regions", $"{program["hint"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_accounts_with_one_cause_are_one_message()
    {
        using var project = await Starter.New();

        var ran = (await project.Run("plan", "resource.ec2.keypairs", "--sandbox",
            "--fault", "refuse:cloudformation:DescribeStacks:RequestExpired")).Fails();

        Assert.Single(ran.Error.Split('\n'), line => line.StartsWith("error:", StringComparison.Ordinal));
        Assert.Contains("set this machine's clock", ran.Error, StringComparison.Ordinal);
        Assert.Contains("  the same from ", ran.Error, StringComparison.Ordinal);
        foreach (var account in new[] { "dev", "staging", "prod" })
            Assert.Contains($"{account} ({Starter.Accounts[account]}) · us-west-2", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cause_that_strikes_every_stack_of_a_run_is_told_once()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes",
            "--fault", "refuse:cloudformation:CreateStack@222222222222/us-west-2:UnrecognizedClientException")).Fails();

        Assert.Contains("dev (222222222222) · us-west-2, cloudformation:CreateStack: The security", ran.Out, StringComparison.Ordinal);
        Assert.Contains("more failed for the same reason", ran.Out, StringComparison.Ordinal);
        Assert.InRange(ran.Out.Split("The security token included").Length - 1, 1, 2);
    }

    [Fact]
    public async Task A_session_that_was_cut_short_is_not_quoted()
    {
        using var project = await Starter.New();

        var ran = await project.Run(["plan", "resource.ec2.keypairs", "--sandbox", .. Enumerable.Range(1, 30)
            .SelectMany(n => new[] { "--fault", $"cut:sts:AssumeRole:{n}" })]);

        Assert.Contains("sts:AssumeRole: The answer is damaged", ran.Fails().Error, StringComparison.Ordinal);
        Assert.DoesNotContain("SecretAccessKey", ran.All, StringComparison.Ordinal);
    }
}
