namespace Paco.Cli.Tests.Commands;

/// <summary>What goes wrong around a project is said in a sentence, with a way out.</summary>
public class TroubleTests
{
    [Fact]
    public async Task Synth_writes_the_same_bytes_twice()
    {
        using var one = await Starter.New();
        using var other = await Starter.New();

        (await one.Run("synth", "netenv.mynet.prod", "--out", "out")).Succeeds();
        (await other.Run("synth", "netenv.mynet.prod", "--out", "out")).Succeeds();

        var files = Directory.GetFiles(Path.Combine(one.Home, "out"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(one.Home, f)).Order().ToArray();
        Assert.True(files.Length > 20);
        Assert.All(files, file => Assert.Equal(one.Read(file), other.Read(file)));
    }

    [Fact]
    public async Task Synth_writes_what_is_another_than_before_and_leaves_the_rest_alone()
    {
        using var project = await Starter.New();
        (await project.Run("synth", "netenv.mynet.dev", "--out", "out")).Succeeds();
        string[] files = [.. Directory.GetFiles(Path.Combine(project.Home, "out"), "*.yaml", SearchOption.AllDirectories).Order()];
        string[] texts = [.. files.Select(File.ReadAllText)];
        var before = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.Delete(files[0]);
        // As long as it was, and one letter longer.
        File.WriteAllText(files[1], $"#{texts[1][1..]}");
        File.AppendAllText(files[2], "#");
        foreach (var file in files[1..])
            File.SetLastWriteTimeUtc(file, before);

        (await project.Run("synth", "netenv.mynet.dev", "--out", "out")).Succeeds();

        Assert.Equal(texts, files.Select(File.ReadAllText));
        Assert.All(files[..3], file => Assert.NotEqual(before, File.GetLastWriteTimeUtc(file)));
        Assert.All(files[3..], file => Assert.Equal(before, File.GetLastWriteTimeUtc(file)));
    }

    [Fact]
    public async Task Synth_into_what_cannot_be_written_is_told()
    {
        using var project = await Starter.New();
        project.Write("out", "a file\n");

        var error = (await project.Run("synth", "netenv.mynet.dev", "--out", "out")).Fails().Error;
        Assert.StartsWith($"error: out{Path.DirectorySeparatorChar}", error, StringComparison.Ordinal);
        Assert.Contains($"cannot be written: {Path.Combine(project.Home, "out")} is a file", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0,
        "something else entirely, longer than a header of SQLite has to be, so that it is read as one ...........................")]
    [InlineData(5000, null)]
    public async Task A_half_written_sandbox_file_is_told_with_a_way_out(int bytes, string? text)
    {
        using var project = await Starter.Provisioned();
        var file = Path.Combine(project.Home, ".paco-work", "sandbox.db");
        var whole = File.ReadAllBytes(file);
        foreach (var beside in Directory.GetFiles(Path.GetDirectoryName(file)!, "sandbox.db-*"))
            File.Delete(beside);
        File.WriteAllBytes(file, text is null ? whole[..bytes] : System.Text.Encoding.ASCII.GetBytes(text));

        var ran = (await project.Run("plan", "netenv.mynet.dev", "--sandbox")).Fails();

        Assert.Contains("Delete it to start anew", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate --formt human", "there is no option --formt here: did you mean \"--format\"?", "paco validate --help")]
    [InlineData("drift --nonsense", "there is no option --nonsense here", "paco drift --help")]
    [InlineData("delete netenv.mynet.dev --prune", "there is no option --prune here", "paco delete --help")]
    [InlineData("provsion netenv.mynet.dev", "there is no command provsion: did you mean \"provision\"?", "paco --help")]
    [InlineData("sandbox srve", "there is no command srve: did you mean \"serve\"?", "paco sandbox --help")]
    [InlineData("validate netenv.mynet.dev more", "\"more\" is one word too many", "paco validate --help")]
    [InlineData("apply netenv.mynet.dev", "there is no command apply: did you mean \"provision\"?", "paco --help")]
    [InlineData("netenv.mynet.dev", "there is no command netenv.mynet.dev: did you mean \"plan netenv.mynet.dev\"?", "paco --help")]
    [InlineData("plan --home", "--home needs a value: DIR", "paco plan --help")]
    [InlineData("plan --home a --home b", "--home is given more than once", "paco plan --help")]
    [InlineData("validate --format jsn", "--format takes human, json or sarif, got \"jsn\": did you mean \"json\"?",
        "paco validate --help")]
    [InlineData("sandbox serve --port high", "--port takes a number, got \"high\"", "paco sandbox serve --help")]
    [InlineData("synth", "synth needs --out DIR", "paco synth --help")]
    [InlineData("init project", "init project needs NAME", "paco init project --help")]
    [InlineData("plan --secrets-dir keys", "there is no option --secrets-dir here", "paco plan --help")]
    [InlineData("drift --prune", "there is no option --prune here", "paco drift --help")]
    [InlineData("validate --sandbox", "there is no option --sandbox here", "paco validate --help")]
    [InlineData("provision --sandbox",
        "provision needs a scope: accounts, netenv.mynet.dev, netenv.mynet.staging, netenv.mynet.prod, resource.cloudtrail, resource.codecommit, resource.ec2, …; --all is the whole project", null)]
    [InlineData("delete --all netenv.mynet.dev", "--all is the whole project, and netenv.mynet.dev a part of it: give one of them", null)]
    [InlineData("plan --sandbox --no-sandbox", "--sandbox and --no-sandbox contradict each other", null)]
    [InlineData("plan mynet.dev",
        "a scope begins with accounts, netenv or resource, not with \"mynet\"; did you mean \"netenv.mynet.dev\"?", null)]
    [InlineData("plan prod",
        "a scope begins with accounts, netenv or resource, not with \"prod\"; did you mean \"netenv.mynet.prod\"?", null)]
    [InlineData("sandbox serve --port 99999", "--port takes a number from 0 to 65535, got 99999", null)]
    [InlineData("plan service.web", "services are not built", null)]
    public async Task A_line_that_is_not_understood_is_answered_in_a_sentence_and_with_where_to_look(string line, string said, string? help)
    {
        using var project = await Starter.New();

        var ran = (await project.Run(line.Split(' '))).Fails();

        var told = ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains($"error: {said}", told[0], StringComparison.Ordinal);
        Assert.Equal(help is null ? [] : [$"  {help} says what there is"], told[1..]);
    }

    [Fact]
    public async Task A_permission_that_names_nothing_is_told_with_what_it_may_have_meant()
    {
        using var project = await Starter.Provisioned();
        const string Site = "netenv.mynet.dev.us-west-2.applications.app.groups.site.resources";

        var ran = (await project.Run("delete", "netenv.mynet.dev", "--sandbox", "--yes", "--allow-destroy", $"{Site}.databse")).Fails();

        Assert.Contains(
            $"--allow-destroy {Site}.databse names nothing of the project or the cloud\n  did you mean {Site}.database?",
            ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.databse",
        "did you mean netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.database?")]
    [InlineData("netenv.mynet.pord", "names nothing")]
    [InlineData("netenv.mynet.prod.us-west-2.applications.app.groups.site.resources.databse", "names nothing")]
    [InlineData("", "names nothing")]
    [InlineData("netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.database", null)]
    [InlineData("netenv.mynet.prod.us-west-2.applications.app.groups.site.resources.database", null)]
    [InlineData("NE-mynet-dev-App-app-site-database-RDS", null)]
    [InlineData("resource.route53", null)]
    public async Task A_permission_nobody_needs_must_name_something_all_the_same(string reference, string? said)
    {
        using var project = await Starter.Provisioned();

        var ran = await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes", "--allow-destroy", reference);

        if (said is null)
            ran.Succeeds();
        else
            Assert.Contains(said, ran.Fails().Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("netenv.mynet.dve", "did you mean \"dev\"")]
    [InlineData("netenv.mynt.dev", "did you mean \"mynet\"")]
    [InlineData("netenv.mynet.dev.us-west-2.applications.ap", "did you mean \"app\"")]
    [InlineData("resource.route35", "did you mean \"route53\"")]
    [InlineData("netnev.mynet.dev", "did you mean \"netenv\"")]
    [InlineData("netenv.mynet.dev.", "names joined with dots")]
    public async Task A_scope_that_does_not_exist_is_told_with_the_nearest_that_does(string scope, string hint)
    {
        using var project = await Starter.New();

        Assert.Contains(hint, (await project.Run("plan", scope, "--sandbox")).Fails().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_an_id_is_told_with_the_command_that_makes_it()
    {
        using var project = new ProjectFolder();
        project.At = project.Above;
        (await project.Run("init", "project", "myproj", "--defaults")).Succeeds();
        project.At = null;

        var here = (await project.Run("plan", "resource.ec2.keypairs", "--sandbox")).Fails();
        var there = (await project.Run("plan", "resource.ec2.keypairs")).Fails();

        Assert.Contains("the accounts dev, prod, staging have no account_id yet", here.Error, StringComparison.Ordinal);
        Assert.Contains("paco provision accounts --sandbox", here.Error, StringComparison.Ordinal);
        Assert.Contains("accounts/dev.yaml", there.Error, StringComparison.Ordinal);
        (await project.Run("provision", "accounts", "--sandbox", "--yes")).Succeeds();
        (await project.Run("plan", "resource.ec2.keypairs", "--sandbox")).Ends(ExitCode.Changes);
    }

    [Fact]
    public async Task Output_that_nobody_reads_any_more_ends_the_command_quietly()
    {
        using var project = await Starter.New();
        var paco = string.Join(' ', PacoProgram.Line.Select(part => $"'{part}'"));

        string[] unread = ["synth netenv.mynet.dev --out out", "help --man", "complete -- paco ''"];
        var lines = string.Join("; ", unread.Select(line => $"{paco} {line} | true"));
        var ran = await Programs.Run("bash", ["-c", $"{lines}; {paco} explain | head -1; echo ${{PIPESTATUS[0]}}"],
            directory: project.Home);

        Assert.Empty(ran.Error);
        Assert.Equal("0", ran.Out.TrimEnd().Split('\n')[^1]);
        Assert.True(File.Exists(Path.Combine(project.Home, "out", "stacks.json")));
    }

    // Of the commands those that write in each way there is: text, pages, JSON, help.
    [Fact]
    public async Task Where_nothing_can_be_written_a_command_does_its_work_and_says_so_in_a_line()
    {
        if (!File.Exists("/dev/full"))
            return;
        using var project = await Starter.New();
        var paco = string.Join(' ', PacoProgram.Line.Select(part => $"'{part}'"));
        string[] commands =
        [
            "--version", "--help", "validate", "validate --format json", "explain ASG", "provision accounts --sandbox --yes",
            "list --sandbox --json", "plan resource.route53 --sandbox --format markdown",
        ];
        foreach (var command in commands)
        {
            var ran = await Programs.Run("bash", ["-c", $"{paco} {command} >&-; echo closed $? >&2; {paco} {command} > /dev/full"],
                directory: project.Home);

            Assert.Matches("closed [02]\n", ran.Error);
            Assert.DoesNotContain("nhandled", ran.Error, StringComparison.Ordinal);
            Assert.EndsWith("error: not all of the output could be written: No space left on device\n", ran.Error,
                StringComparison.Ordinal);
            Assert.NotEqual(0, ran.Exit);
        }
        Assert.Contains("Nothing to do", (await project.Run("plan", "accounts", "--sandbox")).Succeeds().Out, StringComparison.Ordinal);
    }
}
