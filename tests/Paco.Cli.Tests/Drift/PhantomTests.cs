using System.Text;
using System.Xml.Linq;
using Paco.Applying;
using Paco.Aws;
using Paco.Diagnostics;
using Paco.Drifting;
using Paco.Planning;
using Paco.Sandbox;

namespace Paco.Cli.Tests.Drift;

/// <summary>A cloud whose drift-aware change sets have the faults AWS's have.</summary>
public class PhantomTests
{
    private const string Scope = "netenv.mynet.dev.us-west-2.network.vpc.security_groups";
    private const string Rules = "NE-mynet-dev-Net-app-Rules-SG";

    private static readonly string[] Roles = ["Paco-Admin-Delegate-Role"];

    [Fact]
    public async Task A_change_that_only_the_drift_aware_set_would_make_is_warned_of()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Delete("dev", "AWS::EC2::SecurityGroupIngress", hand.Id(Rules, "alb70341E61IngressHTTP"));

        var stack = await Planned(project,
            answer => answer.Descendants().First(e => e.Name.LocalName == "Changes").Add(Phantom(answer.Name.Namespace)));

        Assert.Contains("CloudFormation would change albF424E571IngressHTTPS (AWS::EC2::SecurityGroupIngress) too, which has not drifted",
            Assert.Single(stack.RevertWarnings!.Value), StringComparison.Ordinal);
        Assert.Equal(["alb70341E61IngressHTTP", "albF424E571IngressHTTPS"],
            stack.Changes.Select(c => c.LogicalId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cloud_that_makes_a_normal_set_instead_is_not_trusted()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Delete("dev", "AWS::EC2::SecurityGroupIngress", hand.Id(Rules, "alb70341E61IngressHTTP"));

        var stack = await Planned(project, answer => answer.Descendants().Where(e => e.Name.LocalName == "DeploymentMode").Remove());

        Assert.Equal((NodeAction.Refused, "its drift cannot be reverted: this cloud does not know drift-aware change sets"),
            (stack.Action, stack.Reason));
        Assert.Equal("0", hand.ChangeSets());
    }

    private static XElement Phantom(XNamespace ns) => new(
        ns + "member",
        new XElement(ns + "Type", "Resource"),
        new XElement(
            ns + "ResourceChange",
            new XElement(ns + "Action", "Modify"),
            new XElement(ns + "LogicalResourceId", "albF424E571IngressHTTPS"),
            new XElement(ns + "ResourceType", "AWS::EC2::SecurityGroupIngress"),
            new XElement(ns + "Replacement", "False"),
            new XElement(ns + "ResourceDriftStatus", "IN_SYNC")));

    private static async Task<PlannedStack> Planned(ProjectFolder project, Action<XElement> fault)
    {
        await using var local = LocalCloud.Open(new SandboxOptions
        {
            DatabasePath = Path.Combine(project.Home, ".paco-work", "sandbox.db"),
            ManagementAccountId = Starter.Accounts["master"],
        });
        using var cloud = AwsCloud.Create(new AwsOptions
        {
            Accounts = [.. Starter.Accounts.Select(a => new AwsAccount(a.Key, a.Value, [.. Roles]))],
            ManagementAccount = "master",
            Region = "us-west-2",
            Environment = _ => null,
            Handler = new Faulty(local.CreateHandler(), fault),
            Keys = new AwsKeys("sandbox", new Secret("sandbox")),
        });
        var graph = Toolkit.Compile(project.Home).Graph!;
        var options = new ApplyOptions
        {
            Planning = new PlanOptions(Starter.Accounts),
            Time = TimeProvider.System,
            PollInterval = TimeSpan.FromMilliseconds(20),
            BucketPrefix = "paco",
        };
        var plan = await Planner.Plan(graph, new Stacks.Scope(Scope), cloud, options.Planning, CancellationToken.None);
        plan = await DriftDetection.Attach(plan, cloud, new DriftOptions { Time = options.Time, PollInterval = options.PollInterval },
            CancellationToken.None);
        plan = await RevertWork.Plan(plan, cloud, options, CancellationToken.None);
        return plan.Nodes.OfType<PlannedStack>().Single(s => s.Id.Name == Rules);
    }

    /// <summary>Answers as the sandbox does, but for drift-aware change sets.</summary>
    private sealed class Faulty(HttpMessageHandler inner, Action<XElement> fault) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (text.Contains("<DeploymentMode>", StringComparison.Ordinal))
            {
                var root = XElement.Parse(text);
                fault(root);
                answer.Content = new StringContent(root.ToString(), Encoding.UTF8, "text/xml");
            }
            return answer;
        }
    }
}
