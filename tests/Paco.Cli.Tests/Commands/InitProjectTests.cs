namespace Paco.Cli.Tests.Commands;

/// <summary>Making a project without a terminal, and being told which answer is wrong.</summary>
public class InitProjectTests
{
    [Theory]
    [InlineData("project_title", "two\nlines")]
    [InlineData("domain_name", "https://example.com")]
    [InlineData("admin_username", "not a name")]
    [InlineData("admin_email", "nobody")]
    [InlineData("admin_ssh_public_key", "none")]
    [InlineData("dev_account", "1st")]
    [InlineData("staging_account", "sta ging")]
    [InlineData("prod_account", "true")]
    [InlineData("tools_account", "Prod")]
    [InlineData("network_environment_name", "my.net")]
    [InlineData("application_name", "default")]
    [InlineData("aws_default_region", "mars-north-1")]
    [InlineData("master_account_id", "12345")]
    [InlineData("master_root_email", "root@")]
    [InlineData("dev_account_id", "12-34")]
    [InlineData("s3bucket_hash", "UPPER!")]
    [InlineData("favourite_colour", "blue")]
    public async Task A_wrong_answer_is_named_and_nothing_is_made(string key, string answer)
    {
        using var project = new ProjectFolder();
        project.At = project.Above;
        Directory.Delete(project.Home);

        var ran = (await project.Run("init", "project", "myproj", "--defaults", "--set", $"{key}={answer}")).Fails();

        Assert.Contains($"{key}: ", ran.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.Home));
    }

    [Fact]
    public async Task Answers_come_from_a_file_and_set_wins()
    {
        using var project = new ProjectFolder();
        project.At = project.Above;
        File.WriteAllText(Path.Combine(project.Above, "answers.yaml"),
            "domain_name: shop.example\nnetwork_environment_name: wanet\naws_default_region: eu-west-1\n");

        (await project.Run("init", "project", "myproj", "--defaults", "--answers", "answers.yaml", "--set",
            "aws_default_region=eu-central-1")).Succeeds();

        Assert.Contains("- eu-central-1", project.Read("project.yaml"), StringComparison.Ordinal);
        Assert.Contains("shop.example", project.Read("resource/route53.yaml"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(project.Home, "netenv/wanet.yaml")));
    }

    [Theory]
    [InlineData("--answers none.yaml", "none.yaml")]
    [InlineData("--answers list.yaml", "list.yaml")]
    [InlineData("--set domain_name", "key=value")]
    [InlineData("--template wordpress", "wordpress")]
    [InlineData("--set domain_name=shop.example", "master_account_id")]
    public async Task What_is_missing_is_named(string options, string named)
    {
        using var project = new ProjectFolder();
        project.At = project.Above;
        File.WriteAllText(Path.Combine(project.Above, "list.yaml"), "- domain_name\n");

        Assert.Contains(named, (await project.Run(["init", "project", "myproj", .. options.Split(' ')])).Fails().Error,
            StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Home));
    }

    [Fact]
    public async Task A_wrong_answer_on_a_terminal_is_asked_again()
    {
        using var project = new ProjectFolder();
        project.At = project.Above;

        var ran = await project.RunWith(
            "My Project\nhttps://wrong\nshop.example\n\nadmin@shop.example\n\n\n\n\n\n\n\n\n\n111111111111\nroot@shop.example\n",
            "init", "project", "myproj");

        Assert.Equal(2, ran.Succeeds().Out.Split("Domain name: ").Length - 1);
        Assert.Contains("shop.example", project.Read("resource/route53.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_that_end_too_early_make_nothing()
    {
        using var project = new ProjectFolder();
        project.At = project.Above;

        Assert.Contains("--defaults", (await project.RunWith("My Project\nshop.example\n", "init", "project", "myproj")).Fails().Error,
            StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Home));
    }

    [Fact]
    public async Task A_directory_with_something_in_it_is_left_alone()
    {
        using var project = await Starter.New();
        project.At = project.Above;
        project.Write("project.yaml", "name: mine\n");

        Assert.Contains("exists already", (await project.Run("init", "project", "myproj", "--defaults")).Fails().Error,
            StringComparison.Ordinal);
        Assert.Equal("name: mine\n", project.Read("project.yaml"));
    }
}
