namespace Paco.Cli.Tests.Commands;

/// <summary>A look at every account: what a person reads, what a program reads, and how it ends.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task Every_account_that_is_ready_has_a_line()
    {
        using var project = await Starter.New();

        var ran = (await project.Run("doctor", "--sandbox")).Succeeds();

        Assert.All(Starter.Accounts, account => Assert.Matches($"✓ {account.Key} +{account.Value}  2 of 2 ", ran.Out));
        Assert.Contains("✓ every account is ready", ran.Out, StringComparison.Ordinal);
        Assert.All(ran.Out.Split('\n').Where(l => l.Contains("Role", StringComparison.Ordinal)), l => Assert.True(l.Length <= 80, l));
    }

    [Fact]
    public async Task A_region_that_lets_nobody_in_is_told_with_its_account_and_the_way_out()
    {
        using var project = await Starter.New();
        var (name, id) = Starter.Accounts.First(a => a.Key == "dev");

        var ran = (await project.Run("doctor", "--sandbox", "--fault", $"refuse:cloudformation:*@{id}/us-west-2:OptInRequired")).Fails();

        Assert.Matches($"✗ {name} +{id}  1 of 2 ", ran.Out);
        Assert.Contains($"✗ {name} · us-west-2  cloudformation:DescribeStacks: ", ran.Out, StringComparison.Ordinal);
        Assert.Contains("most likely the account has not enabled the region us-west-2", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_not_made_yet_is_no_secret()
    {
        using var project = await Starter.New();
        project.Edit("accounts/dev.yaml", $"account_id: \"{Starter.Accounts["dev"]}\"\n", "");

        var ran = (await project.Run("doctor", "--sandbox", "--json")).Fails();

        var dev = ran.Json["accounts"]!.AsArray().Single(a => $"{a!["account"]}" == "dev")!;
        Assert.Equal("it has no account_id yet", $"{dev["checks"]![0]!["message"]}");
        Assert.False((bool)ran.Json["good"]!);
    }

    [Fact]
    public async Task A_scope_asks_for_the_accounts_it_needs()
    {
        using var project = await Starter.New();

        var ran = (await project.Run("doctor", "netenv.mynet.dev", "--sandbox", "--json")).Succeeds();

        var accounts = ran.Json["accounts"]!.AsArray().Select(a => $"{a!["account"]}").ToList();
        Assert.Equal("master", accounts[0]);
        Assert.Contains("dev", accounts);
        Assert.DoesNotContain("staging", accounts);
    }

    [Fact]
    public async Task Without_keys_the_cause_is_told_once_for_all_accounts()
    {
        using var project = await Starter.New();
        project.Variables["AWS_EC2_METADATA_DISABLED"] = "true";

        var ran = (await project.Run("doctor", "--no-sandbox")).Fails();

        Assert.Equal(2, ran.Out.Split("There are no AWS credentials.").Length);
        Assert.Contains("paco init credentials", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credentials_file_that_others_can_read_is_told()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var project = await SigningInTests.WithCredentials();
        File.SetUnixFileMode(Path.Combine(project.Home, ".credentials.yaml"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        project.Variables["AWS_ENDPOINT_URL"] = aws.Address;

        var ran = await SigningInTests.Typed(project, "123456\n", "doctor");

        Assert.Equal(ExitCode.Failure, ran.Exit);
        Assert.Contains("other users of this machine can read .credentials.yaml", ran.Out, StringComparison.Ordinal);
        Assert.Contains("chmod 400", ran.Out, StringComparison.Ordinal);
    }
}
