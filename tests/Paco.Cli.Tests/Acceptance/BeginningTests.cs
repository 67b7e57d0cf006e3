namespace Paco.Cli.Tests.Acceptance;

/// <summary>The seed document's beginning: a project, its accounts, and what an environment consists of.</summary>
public class BeginningTests
{
    [Fact]
    public async Task Row_001_the_starter_provisions_a_load_balancer_servers_and_a_database()
    {
        var cloud = await Starter.Shared();

        Assert.Equal("application", (await cloud.Only("dev", "AWS::ElasticLoadBalancingV2::LoadBalancer")).Text("Type"));
        Assert.Equal("mysql", (await cloud.Only("dev", "AWS::RDS::DBInstance")).Text("Engine"));
        var group = await cloud.In("dev", "NE-mynet-dev-App-app-site-web-ASG", "ASG", "AWS::AutoScaling::AutoScalingGroup");
        var target = await cloud.Only("dev", "AWS::ElasticLoadBalancingV2::TargetGroup");
        Assert.Equal(target.Text("TargetGroupArn"), group["TargetGroupARNs"]![0]!.ToString());
    }

    [Fact]
    public async Task Row_002_every_environment_is_provisioned_in_its_own_account()
    {
        var cloud = await Starter.Shared();

        foreach (var environment in new[] { "dev", "staging", "prod" })
        {
            var vpc = await cloud.Only(environment, "AWS::EC2::VPC");
            Assert.Equal(environment switch { "dev" => "10.2.0.0/16", "staging" => "10.3.0.0/16", _ => "10.4.0.0/16" },
                vpc.Text("CidrBlock"));
        }
        foreach (var account in Starter.Accounts.Keys)
        {
            var strangers = (await cloud.Stacks(account)).Keys.Where(name => name.Contains("-Net-", StringComparison.Ordinal)
                && !name.StartsWith($"NE-mynet-{account}-", StringComparison.Ordinal));
            Assert.Empty(strangers);
        }
    }

    [Fact]
    public async Task Row_002_each_account_is_entered_by_assuming_its_role()
    {
        using var project = await Starter.Provisioned();
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        aws.Serve(project);

        (await project.Run("plan", "netenv.mynet.staging")).Succeeds();

        var accounts = aws.Calls.Where(c => c.StartsWith("sts:AssumeRole arn:aws:iam::", StringComparison.Ordinal))
            .Select(c => c.Split(':')[5]).Distinct().Order();
        // Its own and the zone's; the others are looked into for what left the configuration.
        Assert.Equal(Starter.Accounts.Values.Order(), accounts);
    }

    [Fact]
    public async Task Row_007_init_project_asks_and_makes_a_project_that_loads()
    {
        using var project = new ProjectFolder();
        project.At = project.Above;
        string[] answers =
        [
            "My Project", "example.org", "admin", "admin@example.org", "devstage", "devstage", "prod", "tools", "wanet", "My Network",
            "shop", "My Shop", "eu-central-1", "123456789012", "root@example.org",
        ];

        var made = (await project.RunWith(string.Join('\n', answers) + "\n", "init", "project", "myproj")).Succeeds();

        Assert.Contains($"export PACO_HOME={project.Home}", made.Out, StringComparison.Ordinal);
        string[] files =
        [
            ".gitignore", "accounts/devstage.yaml", "accounts/master.yaml", "accounts/prod.yaml", "accounts/tools.yaml",
            "monitor/AlarmSets.yaml", "monitor/Logging.yaml", "netenv/wanet.yaml",
            "netenv/webapp/get_rds_dsn.sh", "netenv/webapp/saas_wsgi.conf", "paco-project-version.txt", "project.yaml", "resource/ec2.yaml",
            "resource/iam.yaml", "resource/route53.yaml", "resource/snstopics.yaml", "resource/codecommit.yaml",
        ];
        Assert.All(files, f => Assert.True(File.Exists(Path.Combine(project.Home, f)), f));
        project.At = null;
        foreach (var environment in new[] { "dev", "staging", "prod" })
        {
            Assert.Contains("is valid", (await project.Run("validate", $"netenv.wanet.{environment}")).Succeeds().Out,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("      bastion:\n        type: Bastion", "      bast ion:\n        type: Bastion")]
    [InlineData("          database:\n            type: RDSMysql", "          data/base:\n            type: RDSMysql")]
    public async Task Row_008_a_name_is_a_short_id(string before, string after)
    {
        using var project = await Starter.New();
        project.Edit(Starter.Netenv, before, after);

        var name = after.Split(':')[0].Trim();
        Assert.Contains($"\"{name}\"", (await project.Run("validate", "netenv.mynet.dev")).Fails().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_008_a_title_is_free_text_that_no_name_in_AWS_depends_on()
    {
        using var project = await Starter.Provisioned();
        foreach (var title in new[] { "title: \"Database\"", "title: \"Development Environment\"", "title: \"Load balancer\"" })
            project.Edit(Starter.Netenv, title, "title: \"Ça va: 50% & more\"");

        var plan = (await project.Run("plan", "netenv.mynet.dev", "--sandbox", "--json")).Json;

        Assert.False(plan["hasWork"]!.GetValue<bool>(), plan.ToJsonString());
    }

    [Fact]
    public async Task Row_010_PACO_HOME_names_the_project_and_the_option_home_wins()
    {
        using var project = await Starter.New();
        using var other = await Starter.New();
        other.Edit("project.yaml", "  - us-west-2\n", "");
        project.At = Path.GetTempPath();
        project.Variables["PACO_HOME"] = project.Home;

        (await project.Run("validate", "netenv.mynet.dev")).Succeeds();
        Assert.Contains("active_regions", (await project.Run("validate", "netenv.mynet.dev", "--home", other.Home)).Fails().Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_013_provision_accounts_makes_them_and_writes_their_ids_down()
    {
        using var project = new ProjectFolder();
        project.At = project.Above;
        (await project.Run("init", "project", "myproj", "--defaults")).Succeeds();
        project.At = null;
        Directory.CreateDirectory(Path.Combine(project.Home, ".paco-work"));
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        aws.Serve(project);

        (await project.Run("provision", "accounts", "--yes")).Succeeds();

        var organizations = cloud.Aws.Organizations(new("master", "us-west-2"));
        var accounts = (await organizations.ListAccounts(CancellationToken.None)).Where(a => a.Id != "111111111111")
            .ToDictionary(a => a.Name, a => a.Id);
        Assert.Equal(["dev", "prod", "staging", "tools"], accounts.Keys.Order());
        foreach (var (name, id) in accounts)
            Assert.Matches($"(?m)^account_id: \"?{id}\"?$", project.Read($"accounts/{name}.yaml"));
        (await project.Run("plan", "accounts")).Succeeds();
        (await project.Run("provision", "resource.ec2.keypairs", "--yes")).Succeeds();
    }

    [Fact]
    public async Task Row_013_an_account_with_an_id_is_never_made_again()
    {
        using var project = await Starter.New();
        Directory.CreateDirectory(Path.Combine(project.Home, ".paco-work"));
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        aws.Serve(project);

        (await project.Run("provision", "accounts", "--yes")).Succeeds();

        Assert.DoesNotContain(aws.Calls, c => c.Contains("CreateAccount", StringComparison.Ordinal));
        Assert.Contains("222222222222", project.Read("accounts/dev.yaml"), StringComparison.Ordinal);
    }
}
