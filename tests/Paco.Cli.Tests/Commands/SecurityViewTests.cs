using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Paco.Cli.Views;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Linking;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Tests.Commands;

/// <summary>How the security part of a plan looks, and what programs get of it.</summary>
public sealed class SecurityViewTests
{
    private const string Bastion =
        "Ssh: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: sg-1, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 } }\n";

    [Fact]
    public void Rules_stand_below_their_stack_what_is_dangerous_first() => Assert.Equal(
        """
          Security
            network/rules   dev · us-west-2
              + sg sg-1           ingress tcp/22 from 0.0.0.0/0   open to the internet
              + load balancer Lb  faces the internet

        """, Screen(Plan("Lb: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {} }\n" + Bastion)));

    [Fact]
    public void Nothing_is_wider_than_the_screen()
    {
        var arns = string.Join(", ", Enumerable.Range(0, 9).Select(i => $"'arn:aws:s3:::{new string('b', 60)}{i}/*'"));
        var screen = Screen(Plan(Policy($"{{ Effect: Allow, Action: s3:*, Resource: [{arns}] }}")), width: 80);

        Assert.All(screen.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains("and 6 more", string.Join(' ', screen.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.DoesNotContain("and 6 more", Screen(Plan(Policy($"{{ Effect: Allow, Action: s3:*, Resource: [{arns}] }}")), verbose: true),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_dangerous_is_never_cut_away()
    {
        var harmless = Enumerable.Range(0, 30)
            .Select(i => Bastion.Replace("Ssh", $"Own{i}", StringComparison.Ordinal)
                .Replace("0.0.0.0/0", $"10.0.0.{i}/32", StringComparison.Ordinal));
        var open = Enumerable.Range(0, 14)
            .Select(i => Bastion.Replace("Ssh", $"Open{i}", StringComparison.Ordinal)
                .Replace("22", $"{1000 + i}", StringComparison.Ordinal));
        var screen = Screen(Plan(string.Concat(harmless.Concat(open))));

        Assert.Equal(14, Count(screen, "open to the internet"));
        Assert.Equal(1, Count(screen, "/32"));
        Assert.Contains("… 29 more (-v shows all)", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_and_line_ends_of_others_stay_harmless()
    {
        var screen = Screen(Plan(Policy("{ Effect: Allow, Action: s3:*, Resource: \"a\\e[2Jb\\n      - sg x\" }")));

        Assert.DoesNotContain('\u001b', screen);
        Assert.Contains("a\\u001b[2Jb⏎", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_get_sentences_and_fields()
    {
        var json = Json(Plan(Bastion + Policy("{ Effect: Allow, Action: '*', Resource: '*' }")));

        Assert.Equal(
            [
                "+ network/rules  role web  allow * on *  (full admin)",
                "+ network/rules  sg sg-1  ingress tcp/22 from 0.0.0.0/0  (open to the internet)",
            ],
            json["security"]!.AsArray().Select(s => s!.ToString()));
        Assert.Equal(
            """{"change":"add","kind":"statement","node":"dev/us-west-2/Rules","logicalId":"Policy","holder":"role web","text":"allow * on *","danger":"full-admin","effect":"allow","actions":["*"],"resources":["*"]}""",
            json["securityChanges"]![0]!.ToJsonString());
        Assert.Equal("open-to-internet 22 0.0.0.0/0",
            $"{json["securityChanges"]![1]!["danger"]} {json["securityChanges"]![1]!["ports"]} {json["securityChanges"]![1]!["peer"]}");
    }

    private static string Policy(string statement) =>
        $"Policy: {{ Type: AWS::IAM::RolePolicy, Properties: {{ RoleName: web, PolicyName: p, PolicyDocument: {{ Statement: [{statement}] }} }} }}\n";

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string Screen(Plan plan, int width = 100, bool verbose = false)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new SecurityView(new Screen(output, hasColour: false, () => (width, 24), canRedraw: false), verbose).ShowIn(plan);
        return output.ToString();
    }

    private static JsonObject Json(Plan plan)
    {
        using var output = new MemoryStream();
        PlanJson.Write(output, plan, TimeSpan.Zero, null, new ProjectRemarks([], [], AreShown: false));
        return JsonNode.Parse(Encoding.UTF8.GetString(output.ToArray()))!.AsObject();
    }

    private static Plan Plan(string resources)
    {
        var stack = new Stack
        {
            Id = new NodeId(new Place("dev", "us-west-2"), "Rules"),
            Ref = "netenv.mynet.dev",
            Title = "network/rules",
            Enabled = true,
            Template = new Template(),
        };
        var after = new TemplateSide(new MapValue { ["Resources"] = TemplateReader.Read(resources) },
            ImmutableDictionary<string, string?>.Empty);
        var planned = new PlannedStack(new StackNode(stack), NodeAction.Create)
        {
            Body = "",
            Parameters = ImmutableSortedDictionary<string, string?>.Empty,
            Changes = TemplateDiff.Compare(TemplateSide.Empty, after, ResourceSchemas.Shared),
        };
        return new Plan
        {
            Scope = Scope.All,
            IsDelete = false,
            Nodes = [planned],
            Deployed = [],
        };
    }
}
