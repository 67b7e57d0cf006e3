using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Paco.Clouds;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>Tags and names, mistakes, and runs that change nothing or take everything away.</summary>
public partial class SafetyTests
{
    public static TheoryData<string, int> References
    {
        get
        {
            var data = new TheoryData<string, int>();
            using var project = Starter.New().GetAwaiter().GetResult();
            foreach (var file in new[] { Starter.Netenv, "resource/ec2.yaml", "resource/route53.yaml" })
            {
                foreach (var (line, at) in project.Read(file).Split('\n').Select((line, i) => (line, i + 1)))
                {
                    if (Reference().IsMatch(line))
                        data.Add(file, at);
                }
            }
            return data;
        }
    }

    [Fact]
    public async Task Row_102_stacks_carry_the_standard_tags()
    {
        var cloud = await Starter.Shared();

        var stack = await cloud.Stack("dev", "NE-mynet-dev-App-app-site-alb-ALB");

        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Paco-Application-Group-Name"] = "site",
            ["Paco-Application-Name"] = "app",
            ["Paco-Application-Resource-Name"] = "alb",
            ["Paco-Project"] = "myproj-abcd1234",
            ["Paco-Stack"] = "true",
            ["Paco-Stack-Name"] = "NE-mynet-dev-App-app-site-alb-ALB",
            ["paco.env.name"] = "dev",
            ["paco.netenv.name"] = "mynet",
        };
        Assert.Equal(expected, stack.Tags.OrderBy(t => t.Key, StringComparer.Ordinal));
        Assert.All((await cloud.Stacks("dev")).Values,
            s => Assert.Equal(("true", s.StackName), (s.Tags["Paco-Stack"], s.Tags["Paco-Stack-Name"])));
    }

    [Fact]
    public async Task Row_103_objects_are_named_by_their_place_in_the_hierarchy()
    {
        using var project = await Starter.Provisioned();

        (await project.Run("synth", "netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.database", "--out", "out"))
            .Succeeds();

        var only = Assert.Single(System.Text.Json.Nodes.JsonNode.Parse(project.Read("out/stacks.json"))!["stacks"]!.AsArray())!;
        Assert.Equal("netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.database", only["ref"]!.ToString());
        Assert.Equal("NE-mynet-dev-App-app-site-database-RDS", only["name"]!.ToString());
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Row_105_a_typo_in_any_reference_is_told_with_its_place_before_anything_is_sent(string file, int line)
    {
        using var project = await Starter.New();
        var lines = project.Read(file).Split('\n');
        var at = Reference().Match(lines[line - 1]);
        var path = at.Groups[1];
        lines[line - 1] = lines[line - 1][..(path.Index + path.Length)] + "x";
        project.Write(file, string.Join('\n', lines));
        using var aws = new TcpListener(IPAddress.Loopback, 0);
        aws.Start();
        project.Variables["AWS_ENDPOINT_URL"] = $"http://{aws.LocalEndpoint}";
        project.Variables["AWS_ACCESS_KEY_ID"] = project.Variables["AWS_SECRET_ACCESS_KEY"] = "sandbox";

        var environment = file == Starter.Netenv
            ? lines[..line].LastOrDefault(l => l is "  dev:" or "  staging:" or "  prod:")?.Trim(' ', ':') ?? "prod"
            : "prod";
        var ran = (await project.Run("provision", $"netenv.mynet.{environment}", "--yes")).Fails();

        Assert.Contains($"{file}:{line}:{at.Index + 1}", ran.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was sent to AWS", ran.Error, StringComparison.Ordinal);
        Assert.False(aws.Pending());
    }

    [Fact]
    public async Task Row_106_validate_opens_no_connection_and_writes_no_file()
    {
        using var project = await Starter.New();
        using var aws = new TcpListener(IPAddress.Loopback, 0);
        aws.Start();
        project.Variables["AWS_ENDPOINT_URL"] = $"http://{aws.LocalEndpoint}";
        var before = Files(project);

        (await project.Run("validate", "netenv.mynet.dev")).Succeeds();

        Assert.Equal(before, Files(project));
        Assert.False(aws.Pending());
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public async Task Row_107_a_second_provision_changes_nothing(string environment)
    {
        using var project = await Starter.Provisioned();
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        aws.Serve(project);

        var ran = (await project.Run("provision", $"netenv.mynet.{environment}", "--yes")).Succeeds();

        Assert.Empty(aws.Writes);
        Assert.Contains(aws.Calls, c => c == "cloudformation:DescribeStacks");
        Assert.DoesNotContain("created", ran.Out, StringComparison.Ordinal);
        Assert.All((await cloud.Stacks(environment)).Values, s => Assert.Null(s.LastUpdatedTime));
    }

    [Fact]
    public async Task Row_108_delete_asks_and_takes_everything_away_in_reverse()
    {
        using var project = await Starter.Provisioned();
        string[] permits = ["--allow-destroy", "netenv.mynet.dev"];

        (await project.RunWith("n\n", ["delete", "netenv.mynet.dev", "--sandbox", .. permits])).Succeeds();
        await using (var cloud = new Sandbox(project.Home))
            Assert.All((await cloud.Stacks("dev")).Values, s => Assert.Equal(StackStatus.CreateComplete, s.Status));

        (await project.RunWith("y\n", ["delete", "netenv.mynet.dev", "--sandbox", .. permits])).Succeeds();
        await using var after = new Sandbox(project.Home);
        Assert.Empty(await after.EnvironmentStacks("dev"));
        Assert.Empty(await after.All("dev", "AWS::S3::Bucket"));
        Assert.Equal(["example.com", "staging.example.com"],
            (await after.All("prod", "AWS::Route53::RecordSet")).Select(r => r.Text("Name").TrimEnd('.')).Order());
        Assert.NotEmpty(await after.Stacks("staging"));
    }

    [Fact]
    public async Task Row_108_without_permission_nothing_that_holds_data_is_deleted()
    {
        using var project = await Starter.Provisioned();

        var ran = (await project.Run("delete", "netenv.mynet.dev", "--sandbox", "--yes")).Fails();

        Assert.Contains("--allow-destroy", ran.Error, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Single(await cloud.All("dev", "AWS::RDS::DBInstance"));
    }

    private static Dictionary<string, DateTime> Files(ProjectFolder project) =>
        Directory.EnumerateFileSystemEntries(project.Home, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc);

    // Not those in comments.
    [GeneratedRegex("(?<!#.*)paco\\.ref ([^\\s\"]+)")]
    private static partial Regex Reference();
}
