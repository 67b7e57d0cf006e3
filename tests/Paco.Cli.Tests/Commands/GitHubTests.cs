using System.Diagnostics;
using Paco.Cli.Tests.Moto;
using Paco.Global.GitHub;
using Paco.Sandbox;
using YamlDotNet.RepresentationModel;

namespace Paco.Cli.Tests.Commands;

/// <summary>Workflows of GitHub: the roles they take on, and the file that does.</summary>
public sealed class GitHubTests
{
    private const string Access = """
        repositories:
          shop:
            enabled: true
            repository: acme/infrastructure
            plan:
              branches: [main]
            provision:
              environments: [production]
        """;

    [Fact]
    public async Task The_roles_are_made_once_and_go_with_the_entry_while_the_provider_stays()
    {
        using var project = await Starter.WithGlobals();
        project.Write("resource/github.yaml", Access);
        await project.Provision("resource.github");
        (await project.Run("plan", "resource.github", "--sandbox")).Succeeds();
        await using (var sandbox = new Sandbox(project.Home))
        {
            var role = await sandbox.In("master", "Resource-GitHub-shop-Roles", "PlanRole", "AWS::IAM::Role");
            var trust = role["AssumeRolePolicyDocument"]!.ToJsonString();
            Assert.Contains("\"repo:acme/infrastructure:pull_request\",\"repo:acme/infrastructure:ref:refs/heads/main\"", trust,
                StringComparison.Ordinal);
            Assert.Contains("Paco-GitHub-Plan-Delegate-shop", (await sandbox.All("prod", "AWS::IAM::Role")).Select(r => r.Identifier));
        }

        File.Delete(Path.Combine(project.Home, "resource/github.yaml"));
        var plan = await project.Run("plan", "resource", "--sandbox");
        await project.Provision("resource");

        Assert.Contains("access is revoked", plan.Out, StringComparison.Ordinal);
        await using var after = new Sandbox(project.Home);
        Assert.DoesNotContain(await after.All("prod", "AWS::IAM::Role"), r => r.Identifier.Contains("GitHub", StringComparison.Ordinal));
        Assert.DoesNotContain(await after.All("master", "AWS::IAM::Role"), r => r.Identifier.Contains("GitHub", StringComparison.Ordinal));
        Assert.Single(await after.All("master", "AWS::IAM::OIDCProvider"));
    }

    [Fact]
    public async Task A_provider_that_stayed_is_taken_over_when_the_entry_comes_back()
    {
        using var project = await Starter.WithGlobals();
        project.Write("resource/github.yaml", Access);
        await project.Provision("resource.github");
        File.Delete(Path.Combine(project.Home, "resource/github.yaml"));
        await project.Provision("resource");
        project.Write("resource/github.yaml", Access);

        var plan = (await project.Run("plan", "resource.github", "--sandbox")).Ends(ExitCode.Changes);
        await project.Provision("resource.github");

        Assert.Contains("taken over as it is", plan.Out, StringComparison.Ordinal);
        (await project.Run("plan", "resource.github", "--sandbox")).Succeeds();
    }

    [Fact]
    public async Task A_provider_that_is_there_is_told_before_it_fails_and_can_be_named_instead()
    {
        using var project = await Starter.WithGlobals();
        project.Write("resource/github.yaml", Access);
        await using (var sandbox = new Sandbox(project.Home))
        {
            await sandbox.Query("master", "cloudformation", "2010-05-15", "CreateStack", ("StackName", "theirs"), ("TemplateBody",
                "Resources: {P: {Type: AWS::IAM::OIDCProvider, Properties: {Url: 'https://token.actions.githubusercontent.com'}}}"));
        }

        var plan = await project.Run("plan", "resource.github", "--sandbox");
        project.Write("resource/github.yaml", $"existing_provider: true\n{Access}");

        Assert.Contains("exists already", plan.Out, StringComparison.Ordinal);
        await project.Provision("resource.github");
    }

    // As a job on GitHub does it: keys of a session of the plan role, no MFA device, and no other role is asked for.
    [Fact]
    public async Task A_plan_in_CI_asks_what_its_role_may_and_takes_on_its_own_roles_only()
    {
        using var project = await Starter.Provisioned();
        project.Write("resource/github.yaml", Access);
        await project.Provision("resource.github");
        project.Edit(Starter.Netenv, "title: \"Database\"", "title: \"The database\"");
        project.Edit("monitor/Logging.yaml", "expire_events_after_days: \"30\"", "expire_events_after_days: \"60\"");
        project.Time = new HurriedTime(200);
        await using var cloud = LocalCloud.Open(new SandboxOptions
        {
            DatabasePath = Path.Combine(project.Home, ".paco-work", "sandbox.db"), ManagementAccountId = Starter.Accounts["master"],
        });
        await using var aws = await Listening.Start(cloud);
        aws.Serve(project);
        await SignIn(project, cloud);

        (await project.Run("plan")).Ends(ExitCode.Changes);
        (await project.Run("plan", "netenv.mynet.dev", "--prune", "--format", "markdown")).Ends(ExitCode.Changes);

        Assert.All(aws.Calls.Where(c => c.StartsWith("sts:AssumeRole", StringComparison.Ordinal)),
            c => Assert.EndsWith(":role/Paco-GitHub-Plan-Delegate-shop", c, StringComparison.Ordinal));
        var asked = aws.Calls.Select(ActionOf).ToHashSet();
        var allowed = PlanRights.All.Append(PlanRights.Organization).SelectMany(r => r.Actions).ToHashSet();
        var beyond = asked.Except(allowed).Except(NotGranted.Keys).ToList();
        Assert.True(beyond.Count == 0, $"a plan calls what its role may not: {string.Join(", ", beyond)}");
        var idle = allowed.Except(asked).Except(AskedElsewhere.Keys).ToList();
        Assert.True(idle.Count == 0, $"rights that no plan was seen to need: {string.Join(", ", idle)}");
    }

    /// <summary>What a plan asks and its role is refused on purpose, with the reason; and what needs no right.</summary>
    private static readonly Dictionary<string, string> NotGranted = new()
    {
        ["sts:GetCallerIdentity"] = "needs no right", ["sts:AssumeRole"] = "granted role by role",
        ["cloudformation:GetResource"] = "would take the right to read every type; without it a plan does not tell names that are taken",
    };

    /// <summary>What these plans have no reason to ask, and others do.</summary>
    private static readonly Dictionary<string, string> AskedElsewhere = new[]
    {
        ("where CloudFormation refuses an update", "cloudformation:DescribeEvents"),
        ("of stacks that go, or are in the way", "cloudformation:ListStackResources"),
        ("of certificates that are not the project's", "acm:ListCertificates"),
        ("of a bucket that goes", "s3:ListBucket s3:ListBucketVersions"),
        ("of a vault that goes", "backup:ListRecoveryPointsByBackupVault"),
        ("of a user that goes", "iam:GetLoginProfile iam:ListMFADevices iam:ListServiceSpecificCredentials iam:ListSigningCertificates "
            + "iam:ListAttachedUserPolicies iam:ListUserPolicies iam:ListGroupsForUser"),
        ("of a user with public keys", "iam:ListSSHPublicKeys iam:GetSSHPublicKey"),
        ("of a user with access keys", "iam:GetUser iam:ListAccessKeys"),
        ("of a project that makes its accounts", "organizations:DescribeOrganization"),
    }.SelectMany(r => r.Item2.Split(' '), (r, action) => (action, r.Item1)).ToDictionary();

    private static async Task SignIn(ProjectFolder project, LocalCloud cloud)
    {
        using var http = new HttpClient(cloud.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://sts.us-west-2.amazonaws.com/")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Action"] = "AssumeRole", ["Version"] = "2011-06-15", ["RoleSessionName"] = "GitHubActions",
                ["RoleArn"] = $"arn:aws:iam::{Starter.Accounts["master"]}:role/Paco-GitHub-Plan-shop",
            }),
        };
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=sandbox/20260101/us-west-2/sts/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await http.SendAsync(request);
        var keys = System.Xml.Linq.XElement.Parse(await answer.Content.ReadAsStringAsync()).Descendants()
            .GroupBy(e => e.Name.LocalName).ToDictionary(g => g.Key, g => g.First().Value);
        project.Variables["AWS_ACCESS_KEY_ID"] = keys["AccessKeyId"];
        project.Variables["AWS_SECRET_ACCESS_KEY"] = keys["SecretAccessKey"];
        project.Variables["AWS_SESSION_TOKEN"] = keys["SessionToken"];
    }

    // The right that a call takes. Source: service authorization reference.
    private static string ActionOf(string call)
    {
        var (service, operation) = (call.Split(':', 2)[0], call.Split(':', 2)[1].Split(' ')[0]);
        return (service, operation, call) switch
        {
            ("cloudcontrolapi", _, _) => $"cloudformation:{operation}",
            ("s3", "HEAD", _) => "s3:ListBucket",
            ("s3", "GET", _) => call.Contains('?', StringComparison.Ordinal) ? "s3:ListBucketVersions" : "s3:GetObject",
            ("route53", "GET", _) when call.EndsWith("/rrset", StringComparison.Ordinal) => "route53:ListResourceRecordSets",
            ("backup", "GET", _) => "backup:ListRecoveryPointsByBackupVault",
            _ => $"{service}:{operation}",
        };
    }

    [Fact]
    public async Task The_workflow_names_the_roles_and_is_written_once()
    {
        using var project = await Starter.New();
        project.Write("resource/github.yaml", Access);

        var ran = (await project.Run("init", "github", "netenv.mynet.dev", "netenv.mynet.prod")).Succeeds();
        var again = (await project.Run("init", "github")).Fails();

        var text = project.Read(".github/workflows/paco.yml");
        var jobs = (YamlMappingNode)Yaml(text)["jobs"];
        Assert.Equal(["plan", "fork", "merged", "provision"], jobs.Children.Keys.Select(k => $"{k}"));
        Assert.Contains("role-to-assume: arn:aws:iam::111111111111:role/Paco-GitHub-Plan-shop\n", text, StringComparison.Ordinal);
        Assert.Contains("role-to-assume: arn:aws:iam::111111111111:role/Paco-GitHub-Provision-shop\n", text, StringComparison.Ordinal);
        Assert.Equal("production", $"{jobs["provision"]["environment"]}");
        Assert.Equal("write", $"{jobs["plan"]["permissions"]["id-token"]}");
        Assert.DoesNotContain("@", text.Replace("@v", "", StringComparison.Ordinal).Replace("=@$RUNNER_TEMP", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains("provision resource.github", ran.Out, StringComparison.Ordinal);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_repository_nothing_is_written()
    {
        using var project = await Starter.New();

        var ran = (await project.Run("init", "github")).Fails();

        Assert.Contains("names no repository that is enabled", ran.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(project.Home, ".github")));
    }

    // The step itself, with a stand-in for gh that knows the comments there are.
    [Theory]
    [InlineData("", "api --silent repos/acme/infrastructure/issues/7/comments --field body=@")]
    [InlineData("42", "api --silent --method PATCH repos/acme/infrastructure/issues/comments/42 --field body=@")]
    public async Task A_pull_request_gets_one_comment_that_is_kept_current(string known, string call)
    {
        using var project = await Starter.New();
        project.Write("resource/github.yaml", Access);
        (await project.Run("init", "github")).Succeeds();
        var steps = (YamlSequenceNode)Yaml(project.Read(".github/workflows/paco.yml"))["jobs"]["plan"]["steps"];
        var script = $"{steps.OfType<YamlMappingNode>().First(s => s.Children.ContainsKey("name") && $"{s["name"]}" == "Comment")["run"]}";
        var gh = $"gh() {{ echo \"$@\" >> \"$RUNNER_TEMP/calls\"; case \"$*\" in *--paginate*) echo \"{known}\";; esac; }}\n";
        project.Write("plan.md", "<!-- paco-plan: all -->\n### Plan\n");

        using var bash = Process.Start(new ProcessStartInfo("bash", ["-e", "-o", "pipefail", "-c", gh + script])
        {
            Environment =
            {
                ["RUNNER_TEMP"] = project.Home, ["GITHUB_REPOSITORY"] = "acme/infrastructure", ["NUMBER"] = "7",
            },
        })!;
        await bash.WaitForExitAsync();

        Assert.Equal(0, bash.ExitCode);
        Assert.StartsWith(call, project.Read("calls").TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
    }

    private static YamlNode Yaml(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents[0].RootNode;
    }
}
