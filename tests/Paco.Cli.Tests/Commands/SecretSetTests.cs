namespace Paco.Cli.Tests.Commands;

/// <summary>A value for a secret, and what plans say of those without one.</summary>
public class SecretSetTests
{
    private const string Environment = "netenv.mynet.dev";
    private const string Token = "netenv.mynet.dev.us-west-2.secrets_manager.app.site.token";
    private const string Value = "canary \"Value\" of 1 secret ü";

    [Fact]
    public async Task A_plan_lists_what_has_no_value_until_somebody_sets_it()
    {
        using var project = await WithToken();
        var before = await project.Run("plan", Environment, "--sandbox", "--json");
        var unset = Assert.Single(before.Json["unsetSecrets"]!.AsArray())!;
        Assert.Equal((Token, false, $"paco secret set {Token}"),
            ((string)unset["ref"]!, (bool)unset["deployed"]!, (string)unset["command"]!));
        await project.Provision(Environment);

        var plan = (await project.Run("plan", Environment, "--sandbox")).Succeeds();
        Assert.Contains($"? {Token} (dev · us-west-2) has no value yet\n      paco secret set {Token}\n", plan.Out,
            StringComparison.Ordinal);
        var set = (await project.RunWith(Value + "\n", "secret", "set", Token, "--sandbox")).Succeeds();
        var after = (await project.Run("plan", Environment, "--sandbox", "--json")).Succeeds();

        Assert.Contains($"{Token}   account dev (222222222222) · us-west-2", set.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", set.All, StringComparison.Ordinal);
        Assert.Empty(after.Json["unsetSecrets"]!.AsArray());
        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(Value, await cloud.SecretValue("dev", Token));
    }

    [Fact]
    public async Task A_secret_of_another_account_is_set_there_in_the_environments_region()
    {
        using var project = await WithToken("account: paco.ref accounts.tools");
        await project.Provision(Environment);

        var set = (await project.RunWith(Value, "secret", "set", $"paco.ref {Token}", "--sandbox")).Succeeds();

        Assert.Contains("account tools (555555555555) · us-west-2", set.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(Value, await cloud.SecretValue("tools", Token));
    }

    [Theory]
    [InlineData("", "the value is empty: nothing was set")]
    [InlineData("\n", "the value is empty: nothing was set")]
    [InlineData("canary\0", "the value is no text in UTF-8")]
    [InlineData("canary\uFFFD", "the value is no text in UTF-8")]
    public async Task What_is_no_value_is_refused(string piped, string words)
    {
        using var project = await WithToken();
        await project.Provision($"{Environment}.us-west-2.secrets_manager");

        var refused = (await project.RunWith(piped, "secret", "set", Token, "--sandbox")).Fails();

        Assert.Contains(words, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_look_for_under_a_key_is_a_JSON_object_that_has_it()
    {
        const string Database = "netenv.mynet.dev.us-west-2.secrets_manager.app.site.database";
        using var project = await WithToken();
        await project.Provision($"{Environment}.us-west-2.secrets_manager");

        foreach (var piped in new[] { "canary", "{\"canary\": 1}", "[\"canary\"]" })
        {
            var refused = (await project.RunWith(piped, "secret", "set", Database, "--sandbox")).Fails();
            Assert.Contains("the value is no JSON object with the key \"password\"", refused.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", refused.All, StringComparison.Ordinal);
        }
        var set = (await project.RunWith("""{"password": "canary"}""", "secret", "set", Database, "--sandbox")).Succeeds();
        Assert.Contains("It has a value. The new one takes its place", set.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_value_fits_and_one_byte_more_is_refused()
    {
        using var project = await WithToken();
        await project.Provision($"{Environment}.us-west-2.secrets_manager");
        var longest = new string('x', 65_536);

        (await project.RunWith(longest + "\r\n", "secret", "set", Token, "--sandbox")).Succeeds();
        var refused = (await project.RunWith(longest[..^1] + "ü", "secret", "set", Token, "--sandbox")).Fails();

        Assert.Contains("longer than 65,536 bytes", refused.Error, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(longest, await cloud.SecretValue("dev", Token));
    }

    [Fact]
    public async Task A_secret_that_is_not_there_says_what_makes_it()
    {
        using var project = await WithToken();

        var refused = (await project.RunWith(Value, "secret", "set", Token, "--sandbox")).Fails();

        Assert.Contains($"{Token} is not deployed in dev · us-west-2 yet", refused.Error, StringComparison.Ordinal);
        Assert.Contains("paco provision netenv.mynet.dev.us-west-2.secrets_manager --sandbox makes it", refused.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("netenv.mynet.secrets_manager.app.site.token", $"did you mean \"{Token}\"?")]
    [InlineData("netenv.mynet.dev.us-west-2.secrets_manager.app.site.tokne", $"did you mean \"{Token}\"?")]
    [InlineData("app.site.token", $"did you mean \"{Token}\"?")]
    public async Task A_reference_that_names_none_is_answered_with_the_nearest(string reference, string hint)
    {
        using var project = await WithToken();

        var refused = (await project.RunWith(Value, "secret", "set", reference, "--sandbox")).Fails();

        Assert.Contains($"\"{reference}\" is no secret that the project makes\n  {hint}", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret", "set", Token, "canary-1")]
    [InlineData("secret", "set", Token, "--value=canary-1")]
    [InlineData("secret", "set", Token, "-canary-1")]
    [InlineData("secret", "set", "canary-1")]
    [InlineData("set", Token, "canary-1")]
    public async Task A_value_on_the_command_line_is_not_taken_and_not_repeated(params string[] line)
    {
        using var project = await WithToken();

        var refused = (await project.RunWith("", [.. line, "--sandbox"])).Fails();

        Assert.DoesNotContain("canary", refused.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_Paco_9_has_for_it_works()
    {
        using var project = await WithToken();
        await project.Provision($"{Environment}.us-west-2.secrets_manager");

        var set = (await project.RunWith(Value, "set", Token, "--sandbox")).Succeeds();

        Assert.Contains("paco set is called paco secret set now", set.Error, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(Value, await cloud.SecretValue("dev", Token));
    }

    [Fact]
    public async Task On_a_terminal_it_is_typed_twice_and_never_shown()
    {
        using var project = await WithToken();
        await project.Provision($"{Environment}.us-west-2.secrets_manager");
        var typed = new Queue<string>(["", "one", "two", " canary 1 ", " canary 1 "]);
        var (output, error) = (new StringWriter(), new StringWriter());
        using var interrupts = new Interrupts();
        var terminal = new Terminal
        {
            In = TextReader.Null, Out = output, Error = error, IsInTerminal = true, ReadHidden = typed.Dequeue,
            Environment = _ => null, Directory = project.Home,
        };

        var exit = await CommandRunner.Command(["secret", "set", Token, "--sandbox"], terminal, interrupts);

        Assert.Equal(ExitCode.Success, exit);
        Assert.Contains("the value is empty", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("these were not the same", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", output.ToString() + error, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(" canary 1 ", await cloud.SecretValue("dev", Token));
    }

    [Fact]
    public async Task Where_nobody_may_look_the_plan_says_so_and_goes_on()
    {
        using var project = await WithToken();
        await project.Provision($"{Environment}.us-west-2.secrets_manager");

        var plan = await project.Run("plan", Environment, "--sandbox", "--fault", "refuse:secretsmanager:ListSecrets:AccessDenied");

        Assert.Contains($"nobody could look whether {Token} has a value (AccessDenied)", plan.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("has no value yet", plan.Out, StringComparison.Ordinal);
    }

    /// <summary>The starter with a secret whose value somebody has to set.</summary>
    private static async Task<ProjectFolder> WithToken(string more = "")
    {
        var project = await Starter.WithGlobals();
        project.Edit(Starter.Netenv, "\nsecrets_manager:\n  app:\n    site:\n",
            $"\nsecrets_manager:\n  app:\n    site:\n      token:\n        enabled: true\n{(more.Length > 0 ? $"        {more}\n" : "")}");
        project.EditEnvironment("dev", "      secrets_manager:\n        app:\n          site:\n",
            "      secrets_manager:\n        app:\n          site:\n            token:\n              enabled: true\n");
        return project;
    }
}
