using System.CommandLine;
using Paco.Cli.Completion;

namespace Paco.Cli.Tests.Completion;

/// <summary>What may stand at the cursor, as the scripts of all shells are told.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("", "pl", "plan")]
    [InlineData("sandbox", "", "serve connect")]
    [InlineData("", "--", "--help --version")]
    [InlineData("plan", "net", "netenv netenv.")]
    [InlineData("plan", "", "accounts netenv resource")]
    [InlineData("plan", "netenv.mynet.", "netenv.mynet.dev netenv.mynet.prod netenv.mynet.staging")]
    [InlineData("plan", "netenv.mynet.dev", "netenv.mynet.dev netenv.mynet.dev.")]
    [InlineData("plan", "netenv.mynet.dev.us-west-2.a", "netenv.mynet.dev.us-west-2.applications netenv.mynet.dev.us-west-2.applications.")]
    [InlineData("plan", "resource.ro", "resource.route53")]
    [InlineData("plan accounts", "n", "")]
    [InlineData("init github netenv.mynet.dev", "netenv.mynet.", "netenv.mynet.prod netenv.mynet.staging")]
    [InlineData("provision accounts --allow-destroy", "", "netenv resource")]
    [InlineData("secret set", "netenv.mynet.dev.us-west-2.", "netenv.mynet.dev.us-west-2.secrets_manager.")]
    [InlineData("secret set", "netenv.mynet.dev.us-west-2.secrets_manager.a", "netenv.mynet.dev.us-west-2.secrets_manager.app.")]
    [InlineData("validate --format", "", "human json sarif")]
    [InlineData("validate", "--format=", "--format=human --format=json --format=sarif")]
    [InlineData("plan", "--sandbox=f", "--sandbox=false")]
    [InlineData("alarms --state", "a", "ALARM")]
    [InlineData("plan --pace", "", "instant realistic")]
    [InlineData("plan --fault", "e", "expire:")]
    [InlineData("explain", "asg", "ASG")]
    [InlineData("explain", "paco2001", "PACO2001")]
    [InlineData("explain", "resource/ec", "resource/ec2")]
    [InlineData("help", "gu", "guard")]
    [InlineData("help sandbox", "", "serve connect")]
    [InlineData("init project x --template", "", "managed-webapp-cicd")]
    [InlineData("init project x --set", "domain", "domain_name=")]
    [InlineData("init project x --set domain_name=example.org --set", "domain", "")]
    [InlineData("completion", "", "bash fish zsh")]
    [InlineData("synth", "-o", "-o")]
    [InlineData("nosuch", "pl", "")]
    [InlineData("plan --", "-", "")]
    [InlineData("plan --verbose", "--verb", "")]
    [InlineData("outputs netenv.mynet.dev", "x", "")]
    public async Task What_is_typed_goes_on(string before, string word, string expected)
    {
        using var project = await Starter.New();

        Assert.Equal(expected, string.Join(' ', await Offered(project, before, word)));
    }

    [Theory]
    [InlineData("synth --out", "x", "directories")]
    [InlineData("synth", "--out=x", "directories")]
    [InlineData("plan --home", "", "directories")]
    [InlineData("plan --out", "x", "files")]
    [InlineData("provision", "x", "files")]
    [InlineData("init project y --answers", "", "files")]
    [InlineData("explain --filter ERROR", "AS", "files")]
    public async Task Files_are_left_to_the_shell(string before, string word, string kind)
    {
        using var project = await Starter.New();

        Assert.Equal($"\t{kind}\n", (await Complete(project, before, word)).Succeeds().Out);
    }

    [Fact]
    public async Task What_is_given_once_is_not_offered_again_and_what_may_be_repeated_is()
    {
        using var project = await Starter.New();

        var left = await Offered(project, "provision accounts --sandbox --home . -y --allow-destroy resource.route53", "--");

        Assert.Empty(left.Intersect(["--sandbox", "--home", "--yes"]));
        Assert.Contains("--allow-destroy", left);
        Assert.Contains("--prune", left);
    }

    [Fact]
    public async Task What_nobody_is_told_of_is_not_offered()
    {
        using var project = await Starter.New();

        Assert.DoesNotContain("--nocache", await Offered(project, "plan", "--"));
        Assert.Empty((await Offered(project, "", "")).Intersect(["set", "complete"]));
    }

    [Fact]
    public async Task A_word_says_what_it_is()
    {
        using var project = await Starter.New();

        Assert.Contains("--prune\tDelete stacks of the scope that the configuration no longer makes\n",
            (await Complete(project, "plan", "--pru")).Out, StringComparison.Ordinal);
        const string Resources = "netenv.mynet.dev.us-west-2.applications.app.groups.site.resources";
        Assert.Contains($"{Resources}.web\tASG\n", (await Complete(project, "plan", $"{Resources}.w")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_completed_to_its_end()
    {
        using var project = await Starter.New();
        const string Group = "netenv.mynet.dev.us-west-2.secrets_manager.app.site.";

        Assert.Equal([$"{Group}database"], await Offered(project, "secret set", $"{Group}d"));
    }

    [Fact]
    public void Every_value_has_a_name_that_completion_knows()
    {
        using var interrupts = new Interrupts();
        var root = CommandLine.Build(Nowhere, interrupts);

        var unknown = from command in CommandTree.Commands(root)
                      from value in command.Command.Arguments.Concat<Symbol>(command.Command.Options.Where(o => !CommandTree.IsSwitch(o)))
                      where value is not System.CommandLine.Help.HelpOption && !PlaceholderValues.Knows(value)
                      select $"{command.Words} {value.Name}";

        Assert.Equal("", string.Join('\n', unknown));
    }

    [Fact]
    public async Task Profiles_are_those_of_AWS()
    {
        using var project = await Starter.New();
        project.Write("config", "[default]\nregion = us-west-2\n[profile shop]\n");
        project.Variables["AWS_CONFIG_FILE"] = Path.Combine(project.Home, "config");
        project.Variables["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(project.Home, "none");

        Assert.Equal(["default", "shop"], await Offered(project, "plan --profile", ""));
    }

    [Fact]
    public async Task Repositories_are_those_of_the_project()
    {
        using var project = await Starter.New();
        project.Write("resource/github.yaml", "repositories: {shop: {enabled: true, repository: acme/infrastructure}}\n");

        Assert.Equal(["shop"], await Offered(project, "init github --repository", ""));
    }

    [Fact]
    public async Task The_project_is_found_as_every_command_finds_it()
    {
        using var project = await Starter.New();
        project.At = project.Above;

        Assert.Empty(await Offered(project, "plan", "n"));
        Assert.Equal(["netenv", "netenv."], await Offered(project, "plan --home myproj", "n"));
        project.Variables["HOME"] = project.Above;
        Assert.Equal(["netenv", "netenv."], await Offered(project, "plan --home ~/myproj", "n"));
        project.Variables["PACO_HOME"] = project.Home;
        Assert.Equal(["netenv", "netenv."], await Offered(project, "plan", "n"));
    }

    [Theory]
    [InlineData("project.yaml", "name: [\n")]
    [InlineData(".pacoconfig", "nonsense: true\n")]
    [InlineData("resource/route53.yaml", "\0\0")]
    [InlineData("accounts/dev.yaml", "\t- :\n")]
    public async Task A_file_that_is_broken_costs_what_is_in_it(string file, string text)
    {
        using var project = await Starter.New();
        project.Write(file, text);

        var ran = (await Complete(project, "plan", "netenv.mynet.de")).Succeeds();

        Assert.Equal("", ran.Error);
        Assert.StartsWith("netenv.mynet.dev\t", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_that_is_broken_is_still_the_name_of_a_file()
    {
        using var project = await Starter.New();
        project.Write(Starter.Netenv, "network: [\n}{\n");

        Assert.Equal(["netenv.mynet"], await Offered(project, "plan", "netenv.m"));
        var ran = await Complete(project, "plan", "netenv.mynet.dev.us-west-2.applications.x");
        Assert.Equal(("", ""), (ran.Out, ran.Error));
    }

    [Fact]
    public async Task A_name_that_would_move_the_cursor_is_not_offered()
    {
        using var project = await Starter.New();
        File.Copy(Path.Combine(project.Home, Starter.Netenv), Path.Combine(project.Home, "netenv/x\u001b[2J.yaml"));

        Assert.Equal(["netenv.mynet"], (await Offered(project, "plan", "netenv.")).Where(word => !word.EndsWith('.')));
    }

    [Fact]
    public async Task A_key_writes_nothing()
    {
        using var project = await Starter.New();
        var before = project.Files().Keys.Order(StringComparer.Ordinal);

        await Offered(project, "plan --sandbox", "netenv.mynet.dev.us-west-2.n");

        Assert.Equal(before, project.Files().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_words_nothing_is_said_that_is_wrong()
    {
        using var project = new ProjectFolder();

        Assert.Equal("", (await project.Run("complete")).Error);
        Assert.Equal("", (await project.Run("complete", "--")).Error);
        Assert.Equal("", (await project.Run("complete", "--", "paco", "plan", "@nosuch", "")).Error);
    }

    [Theory]
    [InlineData("", "error: completion needs SHELL: bash, fish or zsh\n")]
    [InlineData("tcsh", "error: SHELL takes bash, fish or zsh, got \"tcsh\"")]
    public async Task A_shell_that_is_none_is_answered_with_those_there_are(string shell, string sentence)
    {
        using var project = new ProjectFolder();

        var ran = (await project.Run(["completion", .. shell.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).Fails();

        Assert.StartsWith(sentence, ran.Error, StringComparison.Ordinal);
        Assert.Equal("", ran.Out);
    }

    private static Terminal Nowhere => new()
    {
        In = TextReader.Null, Out = TextWriter.Null, Error = TextWriter.Null, Environment = _ => null, Directory = Path.GetTempPath(),
    };

    private static async Task<IReadOnlyList<string>> Offered(ProjectFolder project, string before, string word)
    {
        var ran = await Complete(project, before, word);
        Assert.Equal("", ran.Error);
        return [.. ran.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0])];
    }

    private static Task<Ran> Complete(ProjectFolder project, string before, string word) =>
        project.Run(["complete", "--", "paco", .. before.Split(' ', StringSplitOptions.RemoveEmptyEntries), word]);
}
