namespace Paco.Cli.Tests.Commands;

/// <summary>Where the project is, what its .pacoconfig asks for, and which git branch may change what.</summary>
public class ProjectHomeTests
{
    private const string Disabled = "not there and disabled";

    [Fact]
    public async Task A_directory_that_is_no_project_is_told()
    {
        using var project = new ProjectFolder();

        Assert.Contains("PACO_HOME is not set", (await project.Run("validate", "netenv.mynet.dev")).Fails().Error,
            StringComparison.Ordinal);
        Assert.Contains("project.yaml", (await project.Run("validate", "netenv.mynet.dev", "--home", ".")).Fails().All,
            StringComparison.Ordinal);
        Assert.Contains("does not exist", (await project.Run("validate", "netenv.mynet.dev", "--home", "nowhere")).Fails().Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inside_a_project_nothing_needs_to_be_said()
    {
        using var project = await Starter.New();

        (await project.Run("validate", "netenv.mynet.dev")).Succeeds();
    }

    [Theory]
    [InlineData(null, "", false)]
    [InlineData(null, "--verbose", true)]
    [InlineData("verbose: true", "", true)]
    [InlineData("verbose: true", "--verbose false", false)]
    [InlineData("verbose: false", "-v", true)]
    public async Task The_config_file_asks_for_more_and_the_option_wins(string? config, string option, bool verbose)
    {
        using var project = await Starter.Provisioned();
        if (config is not null)
            project.Write(".pacoconfig", config + "\n");

        var ran = (await project.Run(["plan", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries), "netenv.mynet.dev",
            "--sandbox"])).Succeeds();

        Assert.Equal(verbose, ran.Out.Contains(Disabled, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "", false)]
    [InlineData(null, "--warn", true)]
    [InlineData("warn: true", "", true)]
    [InlineData("warn: true", "--warn false", false)]
    [InlineData("warn: false", "-w", true)]
    public async Task Warnings_are_shown_where_somebody_asks(string? config, string option, bool shown)
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", "ELBSecurityPolicy-2016-08");
        if (config is not null)
            project.Write(".pacoconfig", config + "\n");

        var ran = (await project.Run(["plan", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries), "netenv.mynet.dev",
            "--sandbox"])).Ends(ExitCode.Changes);

        Assert.Equal(shown, ran.Error.Contains("warning PACO", StringComparison.Ordinal));
        Assert.EndsWith($"\n  1 warning {(shown ? "above" : "(-w shows them)")}\n", ran.Out.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verbos: true", ".pacoconfig:1:1: nobody reads \"verbos\"\n  did you mean \"verbose\"?")]
    [InlineData("warn: true\nregion: us-west-2", ".pacoconfig:2:1: nobody reads \"region\"\n  there is: verbose, warn, sandbox")]
    [InlineData("warn: true\nwarn: false", ".pacoconfig:2:1")]
    [InlineData("warn: true\nsandbox: perhaps", ".pacoconfig:2:10: \"sandbox\" takes true or false")]
    [InlineData("- warn", ".pacoconfig:1:1: .pacoconfig is no YAML map")]
    public async Task What_nobody_reads_in_the_config_file_is_told_with_its_place(string config, string said)
    {
        using var project = await Starter.New();
        project.Write(".pacoconfig", config + "\n");

        Assert.Contains(said, (await project.Run("validate", "netenv.mynet.dev")).Fails().Error.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verbose: perhaps")]
    [InlineData("- verbose")]
    [InlineData("verbose: [")]
    public async Task A_config_file_that_cannot_be_read_is_told(string config)
    {
        using var project = await Starter.New();
        project.Write(".pacoconfig", config + "\n");

        Assert.Contains(".pacoconfig", (await project.Run("validate", "netenv.mynet.dev")).Fails().Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("netenv.mynet.dev", "ref: refs/heads/ENV-dev", true)]
    [InlineData("netenv.mynet.dev", "ref: refs/heads/ENV-prod", false)]
    [InlineData("netenv.mynet.dev", "ref: refs/heads/feature/ENV-dev", false)]
    [InlineData("netenv.mynet.dev", "3f5a1c0e9d8b7a6f5e4d3c2b1a09f8e7d6c5b4a3", false)]
    [InlineData("netenv.mynet.dev", null, false)]
    [InlineData("netenv.mynet.staging", "ref: refs/heads/stage", true)]
    [InlineData("netenv.mynet.staging", "ref: refs/heads/ENV-staging", false)]
    [InlineData("resource.ec2.keypairs", "ref: refs/heads/main", true)]
    [InlineData("resource.ec2.keypairs", "ref: refs/heads/ENV-prod", false)]
    public async Task An_environment_is_changed_from_its_branch_only(string scope, string? head, bool allowed)
    {
        using var project = await Starter.Provisioned();
        project.Write("project.yaml", project.Read("project.yaml") + """

            version_control:
              enforce_branch_environments: true
              git_branch_environment_mappings:
                - staging:stage
                - prod:main
            """);
        if (head is not null)
            project.Write(".git/HEAD", head + "\n");

        var ran = await project.Run("provision", scope, "--sandbox", "--yes");

        if (allowed)
            ran.Succeeds();
        else
            Assert.Contains("git switch", ran.Fails().Error, StringComparison.Ordinal);
        (await project.Run("validate", scope)).Succeeds();
    }

    [Theory]
    [InlineData("netenv.mynet", "ENV-dev, ENV-staging, ENV-prod")]
    [InlineData(null, "ENV-dev, ENV-staging, ENV-prod")]
    public async Task A_scope_of_several_branches_is_allowed_on_none(string? scope, string branches)
    {
        using var project = await Starter.Provisioned();
        project.Write("project.yaml", project.Read("project.yaml") + "\nversion_control:\n  enforce_branch_environments: true\n");
        project.Write(".git/HEAD", "ref: refs/heads/ENV-prod\n");

        var ran = (await project.Run(["plan", "--sandbox", .. scope is null ? [] : (string[])[scope]])).Fails();

        Assert.Contains(branches, ran.Error, StringComparison.Ordinal);
        (await project.Run("plan", "resource.route53", "--sandbox")).Succeeds();
    }

    [Fact]
    public async Task The_branch_of_a_worktree_is_found()
    {
        using var project = await Starter.Provisioned();
        project.Write("project.yaml", project.Read("project.yaml") + "\nversion_control:\n  enforce_branch_environments: true\n");
        project.Write(".git", "gitdir: real/git\n");
        project.Write("real/git/HEAD", "ref: refs/heads/ENV-dev\n");

        (await project.Run("plan", "netenv.mynet.dev", "--sandbox")).Succeeds();
    }
}
