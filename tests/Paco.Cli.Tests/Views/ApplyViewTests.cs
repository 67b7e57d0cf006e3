using Paco.Applying;
using Paco.Cli.Views;
using Paco.Cli.Views.Live;
using Paco.Planning;
using Paco.Stacks;
using static Paco.Cli.Tests.Views.Shop;

namespace Paco.Cli.Tests.Views;

/// <summary>A run on a terminal and in a log: what stays, what is drawn over, what is said while nothing ends.</summary>
public sealed class ApplyViewTests
{
    private static readonly NodeFailure Quota =
        new("quota reached", "LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer") { Hint = "ask for more" };

    private static readonly ApplyEvent[] Failing =
    [
        Started(0, Vpc), Ended(4, Vpc, seconds: 4), Started(4, Database), Started(4, Balancer),
        Moved(5, Balancer, "LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", "CREATE_IN_PROGRESS"),
        Moved(6, Balancer, "LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", "CREATE_FAILED", "quota reached"),
        OfStack(6, Balancer, "ROLLBACK_IN_PROGRESS"),
    ];

    [Fact]
    public void A_failure_is_told_the_moment_it_happens_and_the_rest_is_redrawn_below_it()
    {
        var glass = new Glass(80, 24);
        var time = new StillTime();
        using var view = new ApplyView(glass.Screen, RunOutline.Of(Creation, pace: 0), time, quiet: false);
        Array.ForEach(Failing, view.On);
        time.Pass(TimeSpan.FromMilliseconds(100));

        Assert.Equal("""
              ✓ network/vpc         created   4.0s
              ✗ app/site/alb        LoadBalancer: quota reached
            Provision netenv.shop.prod   ▕███▌···············▏ 1/5   0s
              ⠙ app/site/database        0s   0/2  ← critical path
              ⠙ app/site/alb             0s   rolling back
            """, glass.Text);
    }

    [Fact]
    public void At_the_end_only_the_lines_of_what_happened_are_left()
    {
        var glass = new Glass(80, 24);
        using (var view = new ApplyView(glass.Screen, RunOutline.Of(Creation, pace: 0), new StillTime(), quiet: false))
        {
            Array.ForEach(Failing, view.On);
            view.On(Ended(9, Balancer, NodeOutcome.Failed, Quota));
            view.On(Ended(9, Web, NodeOutcome.Skipped, new NodeFailure("needs app/site/alb"), seconds: 0));
        }

        Assert.Equal("""
              ✓ network/vpc         created   4.0s
              ✗ app/site/alb        LoadBalancer: quota reached
              ✗ app/site/alb        FAILED   10s
              – app/site/web        skipped: needs app/site/alb
            """, glass.Text);
    }

    [Fact]
    public void Frames_are_drawn_over_also_on_a_terminal_that_scrolls()
    {
        var (glass, time) = (new Glass(50, 8), new StillTime());
        using var view = new ApplyView(glass.Screen, RunOutline.Of(Creation, pace: 1), time, quiet: false);
        view.On(Started(0, Vpc));
        for (var i = 0; i < 12; i++)
            view.On(new PollLost(At(i), Vpc.Place, $"lost {i}"));
        time.Pass(TimeSpan.FromSeconds(3));

        Assert.Equal("""
            netenv.shop.prod  0/5  3s, 13 min left
              ⠋ network/vpc              3s   0/1 ←
              · app/site/database    waits for network/vpc
              · app/site/web         waits for app/site/data…
              · app/site/web alarms  waits for app/site/web
              · app/site/alb         waits for network/vpc
            """, string.Join('\n', glass.Text.Split('\n')[^6..]));
        Assert.Equal(12, glass.Text.Split("lost").Length - 1);
        Assert.Equal(1, glass.Text.Split("0/5").Length - 1);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(80, 4)]
    [InlineData(40, 9)]
    public void No_frame_stays_in_what_can_be_scrolled_back_to(int width, int height)
    {
        var (glass, time) = (new Glass(width, height), new StillTime());
        NodeId[] many = [.. Enumerable.Range(0, 30).Select(i => Id($"n{i}"))];
        var plan = PlanOf(isDelete: false,
            [.. many.Select(id => Stack(id, id.Name, NodeAction.Create, [("Topic", "AWS::SNS::Topic")]))]);
        using (var view = new ApplyView(glass.Screen, RunOutline.Of(plan, pace: 1), time, quiet: false))
        {
            foreach (var node in many)
                view.On(Started(0, node));
            foreach (var node in many)
            {
                view.On(Ended(1, node));
                time.Pass(TimeSpan.FromMilliseconds(100));
                Assert.InRange(glass.Text.Split("/30").Length - 1, 0, 1);
            }
        }

        Assert.Equal(many.Select(node => $"✓ {node.Name} created 10s"),
            glass.Text.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public void A_log_has_a_line_a_transition_and_a_heartbeat_that_says_what_moves_and_what_waits()
    {
        var (log, time) = (new StringWriter(), new StillTime());
        using var view = new ApplyView(new Screen(log, hasColour: false, () => (100, 24), canRedraw: false),
            RunOutline.Of(Creation, pace: 1), time, quiet: false);
        view.On(Started(0, Vpc));
        time.Pass(TimeSpan.FromSeconds(15));
        view.On(Ended(15, Vpc, seconds: 15));
        view.On(Started(15, Database));
        view.On(Moved(20, Database, "PrimaryDBInstance", "AWS::RDS::DBInstance", "CREATE_IN_PROGRESS"));
        time.Pass(TimeSpan.FromSeconds(31));

        Assert.Equal("""
              … network/vpc         prod us-west-2 creating
              ✓ network/vpc         prod us-west-2 created   15s
              … app/site/database   prod us-west-2 creating
              … 1/5 after 45s, about 13 min left; at work: app/site/database 30s (PrimaryDBInstance 25s); 3 waiting, next app/site/web: waits for app/site/database, app/site/alb

            """, log.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void An_interrupt_is_answered_in_the_frame()
    {
        var glass = new Glass(80, 24);
        using var view = new ApplyView(glass.Screen, RunOutline.Of(Creation, pace: 0), new StillTime(), quiet: false);
        view.On(Started(0, Vpc));
        glass.Write("^C");
        view.Stop();

        Assert.Equal("""
            Provision netenv.shop.prod   ▕···················▏ 0/5   0s
              ⠋ network/vpc              0s   0/1  ← critical path
              stopping: nothing new starts; Ctrl-C again leaves at once, AWS goes on
            """, glass.Text);
    }
}
