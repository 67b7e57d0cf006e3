using YamlDotNet.RepresentationModel;

namespace Paco.Starters.Tests;

public class RenderingTests
{
    private const string Netenv = "netenv/mynet.yaml";

    [Fact]
    public void A_project_has_these_files() =>
        Assert.Equal(
            [
                ".gitignore", "README.md",
                "accounts/dev.yaml", "accounts/master.yaml", "accounts/prod.yaml", "accounts/staging.yaml", "accounts/tools.yaml",
                "application/README.md", "application/appspec.yml", "application/buildspec.yaml", "application/deploy/start.sh",
                "application/deploy/validate.sh", "application/requirements.txt", "application/test_wsgi.py", "application/wsgi.py",
                "monitor/AlarmSets.yaml", "monitor/Logging.yaml", "netenv/dashboards/complete-dashboard.json", "netenv/mynet.yaml",
                "netenv/webapp/get_rds_dsn.sh", "netenv/webapp/install_codedeploy.sh", "netenv/webapp/saas_wsgi.conf",
                "paco-project-version.txt", "project.yaml", "resource/cloudtrail.yaml", "resource/codecommit.yaml", "resource/ec2.yaml",
                "resource/iam.yaml", "resource/route53.yaml", "resource/snstopics.yaml",
            ],
            NewProject.With().Files.Select(file => file.Path));

    [Fact]
    public void The_same_answers_give_the_same_files() =>
        Assert.Equal(NewProject.With().Files.AsEnumerable(), NewProject.With().Files.AsEnumerable());

    [Fact]
    public void Nothing_is_left_to_fill_in()
    {
        Assert.All(NewProject.With().Files, file =>
        {
            Assert.DoesNotContain("{{", file.Text, StringComparison.Ordinal);
            Assert.DoesNotContain('\r', file.Text);
            Assert.EndsWith("\n", file.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_YAML_file_is_YAML_without_a_key_twice()
    {
        var project = NewProject.With();
        Assert.All(project.Files.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal)), file =>
            Assert.IsType<YamlMappingNode>(project.Root(file.Path)));
    }

    [Fact]
    public void The_project_says_what_it_is()
    {
        var project = NewProject.With(("project_title", "Shop"), ("aws_default_region", "eu-central-1"));

        Assert.Equal("7.0\n", project["paco-project-version.txt"]);
        Assert.Equal("my-project", project.Scalar("project.yaml", "name"));
        Assert.Equal("Shop", project.Scalar("project.yaml", "title"));
        Assert.Equal("abcd1234", project.Scalar("project.yaml", "s3bucket_hash"));
        Assert.Equal(["us-east-1", "eu-central-1"], project.List("project.yaml", "active_regions"));
    }

    [Theory]
    [InlineData("eu-central-1")]
    [InlineData("cn-north-1")]
    public void Another_region_and_domain_leave_nothing_of_the_usual_ones(string region)
    {
        var project = NewProject.With(
            ("aws_default_region", region), ("domain_name", "shop.test"), ("master_root_email", "root@shop.test"));

        Assert.All(project.Files, file =>
        {
            Assert.DoesNotContain("us-west-2", file.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("example.com", file.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("pacosaas", file.Text, StringComparison.Ordinal);
        });
        Assert.All(["dev", "staging", "prod"], name => Assert.True(project.Has(Netenv, $"environments/{name}/{region}")));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("Shop: the \"best\" #1")]
    [InlineData("back\\slash \\n \\\" and 'quotes'")]
    [InlineData("- [list, {map: x}] & *alias !tag %percent @at `tick` | > ?")]
    [InlineData("{{master_root_email}} }} {{")]
    [InlineData("null")]
    [InlineData("1e3")]
    [InlineData("ünïcode — 🛒")]
    public void Titles_of_any_characters_come_out_as_they_went_in(string title)
    {
        var project = NewProject.With(("project_title", title), ("network_environment_title", title), ("application_title", title));

        Assert.Equal(title, project.Scalar("project.yaml", "title"));
        Assert.Equal(title, project.Scalar(Netenv, "network/title"));
        Assert.Equal(title, project.Scalar(Netenv, "applications/app/title"));
        Assert.Equal(title, project.Scalar(Netenv, "applications/app/groups/site/title"));
        Assert.StartsWith($"# {title}\n", project["README.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void An_odd_address_and_leading_zeros_stay_text()
    {
        var project = NewProject.With(
            ("master_root_email", "#&*o'b@example.ie"), ("master_account_id", "000000000012"), ("s3bucket_hash", "1e123456"));

        Assert.Equal("#&*o'b@example.ie", project.Scalar("accounts/master.yaml", "root_email"));
        Assert.Equal("000000000012", project.Scalar("accounts/master.yaml", "account_id"));
        Assert.Contains("account_id: \"000000000012\"", project["accounts/master.yaml"], StringComparison.Ordinal);
        Assert.Contains("s3bucket_hash: \"1e123456\"", project["project.yaml"], StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_the_user_are_the_names_in_the_files()
    {
        var project = NewProject.With(("network_environment_name", "shop-net"), ("application_name", "web_shop"), ("prod_account", "live"));
        const string File = "netenv/shop-net.yaml";

        Assert.Equal(["web_shop", "bastion"], project.Keys(File, "network/vpc/security_groups"));
        Assert.Equal(["web_shop"], project.Keys(File, "applications"));
        Assert.Equal("paco.ref accounts.live", project.Scalar(File, "environments/prod/default/network/aws_account"));
        Assert.Equal("paco.ref accounts.live", project.Scalar("resource/route53.yaml", "hosted_zones/web_shop/account"));
        Assert.Equal(["web_shop_dev", "web_shop_staging", "web_shop_prod"], project.Keys("resource/ec2.yaml", "keypairs"));
        Assert.Equal("web_shop-prod-us-west-2", project.Scalar("resource/ec2.yaml", "keypairs/web_shop_prod/keypair_name"));
    }

    [Fact]
    public void A_region_with_two_zones_for_new_accounts_gets_two()
    {
        Assert.Equal("3", NewProject.With().Scalar(Netenv, "network/availability_zones"));
        Assert.Equal("2", NewProject.With(("aws_default_region", "us-west-1")).Scalar(Netenv, "network/availability_zones"));
    }

    [Fact]
    public void Only_complete_answers_are_rendered()
    {
        Assert.Throws<ArgumentException>(() => NewProject.Starter.Render("my-project", Answers.Empty));
        Assert.Throws<ArgumentException>(() => NewProject.Starter.Render("../x", NewProject.Complete().Answers!));
    }
}
