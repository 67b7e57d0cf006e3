using Paco.Applying;
using Paco.Cli.Views.Live;
using Paco.Planning;
using static Paco.Cli.Tests.Views.Shop;

namespace Paco.Cli.Tests.Views;

/// <summary>The redrawn part of a run, as a person sees it: a whole frame a situation.</summary>
public sealed class RunFrameTests
{
    private const string DBInstance =
        "AWS::RDS::DBInstance", LoadBalancer =
        "AWS::ElasticLoadBalancingV2::LoadBalancer", Listener = "AWS::ElasticLoadBalancingV2::Listener";

    private static readonly ApplyEvent[] Middle =
    [
        Started(0, Vpc), Ended(15, Vpc), Started(15, Database), Started(97, Balancer),
        Moved(16, Database, "Subnets", "AWS::RDS::DBSubnetGroup", "CREATE_COMPLETE"),
        Moved(27, Database, "PrimaryDBInstance", DBInstance, "CREATE_IN_PROGRESS"),
        Moved(98, Balancer, "LoadBalancer", LoadBalancer, "CREATE_COMPLETE"),
        Moved(142, Balancer, "Listenerhttps", Listener, "CREATE_IN_PROGRESS"),
        Moved(143, Balancer, "Listenerhttp", Listener, "CREATE_IN_PROGRESS", "Eventual consistency check initiated"),
    ];

    [Fact]
    public void At_the_beginning_everything_waits() => Shows("""
        Provision netenv.shop.prod   ▕···················▏ 0/5   0s, about 13 min left
          ⠋ network/vpc              0s   0/1  ← critical path
          · app/site/database    waits for network/vpc
          · app/site/web         waits for app/site/database, app/site/alb
          · app/site/web alarms  waits for app/site/web
          · app/site/alb         waits for network/vpc
        """, After(Creation, Started(0, Vpc)), 0);

    [Fact]
    public void In_the_middle_stacks_have_their_moving_resources_below_them() => Shows("""
        Provision netenv.shop.prod   ▕██████···········▏ 1/5   2m25s, about 11 min left
          ⠋ app/site/database     2m10s   1/2  ← critical path
              ⠋ PrimaryDBInstance  AWS::RDS::DBInstance   1m58s
          ⠋ app/site/alb            48s   1/3
              ⠋ Listenerhttps  AWS::ElasticLoadBalancingV2::Listener      3s
              ⠋ Listenerhttp  stabilising      2s
          · app/site/web         waits for app/site/database, app/site/alb
          · app/site/web alarms  waits for app/site/web
        """, After(Creation, Middle), 145);

    [Fact]
    public void Where_there_is_room_the_place_is_said_too() => Shows("""
        Provision netenv.shop.prod   ▕██████▌············▏ 1/5   2m25s, about 11 min left
          ⠋ app/site/database   prod us-west-2   2m10s   1/2  ← critical path
              ⠋ PrimaryDBInstance  AWS::RDS::DBInstance   1m58s
          ⠋ app/site/alb        prod us-west-2     48s   1/3
              ⠋ Listenerhttps  AWS::ElasticLoadBalancingV2::Listener      3s
              ⠋ Listenerhttp  AWS::ElasticLoadBalancingV2::Listener  stabilising      2s
          · app/site/web         waits for app/site/database, app/site/alb
          · app/site/web alarms  waits for app/site/web
        """, After(Creation, Middle), 145, width: 120);

    [Fact]
    public void Forty_columns_have_what_matters() => Shows("""
        Provision  1/5  2m25s, 11 min left
          ⠋ app/site/database     2m10s   1/2 ←
              ⠋ PrimaryDBInstance   1m58s
          ⠋ app/site/alb            48s   1/3
              ⠋ Listenerhttps        3s
              ⠋ Listenerh…  stabilising      2s
          · app/site/web     waits for app/sit…
          · …ite/web alarms  waits for app/sit…
        """, After(Creation, Middle), 145, width: 40);

    [Fact]
    public void Eight_lines_have_what_moves_before_what_waits() => Shows("""
        Provision netenv.shop.prod   ▕██████···········▏ 1/5   2m25s, about 11 min left
          ⠋ app/site/database     2m10s   1/2  ← critical path
              ⠋ PrimaryDBInstance  AWS::RDS::DBInstance   1m58s
          ⠋ app/site/alb            48s   1/3
              ⠋ Listenerhttps  AWS::ElasticLoadBalancingV2::Listener      3s
              ⠋ Listenerhttp  stabilising      2s
            … 2 waiting
        """, After(Creation, Middle), 145, height: 8);

    [Fact]
    public void A_stack_that_rolls_back_says_so_and_what_needs_it_waits_no_more() => Shows("""
        Provision netenv.shop.prod   ▕███████████········▏ 3/5   20s, about 10 min left
          ⠋ app/site/database        5s   0/2  ← critical path
          ⠋ app/site/alb             5s   rolling back
              ⠋ LoadBalancer  deleting      1s
        """, After(Creation, Ended(15, Vpc), Started(15, Database), Started(15, Balancer),
        Moved(17, Balancer, "LoadBalancer", LoadBalancer, "CREATE_FAILED", "quota"), OfStack(18, Balancer, "ROLLBACK_IN_PROGRESS"),
        Moved(19, Balancer, "LoadBalancer", LoadBalancer, "DELETE_IN_PROGRESS"), Ended(19, Web, NodeOutcome.Skipped),
            Ended(19, Alarms, NodeOutcome.Skipped)), 20);

    [Fact]
    public void A_deletion_goes_from_the_users_to_what_they_use() => Shows("""
        Delete netenv.shop.prod   ▕···················▏ 0/5   2s, about 8 min left
          ⠋ app/site/web alarms      2s   0/1  ← critical path
              ⠋ CPU  AWS::CloudWatch::Alarm      1s
          · app/site/web       waits for app/site/web alarms
          · app/site/database  waits for app/site/web
          · network/vpc        waits for app/site/alb, app/site/database
          · app/site/alb       waits for app/site/web
        """, After(Deletion, Started(0, Alarms, NodeAction.Delete),
            Moved(1, Alarms, "CPU", "AWS::CloudWatch::Alarm", "DELETE_IN_PROGRESS")), 2);

    [Fact]
    public void After_an_interrupt_nothing_waits() => Shows("""
        Provision netenv.shop.prod   ▕···················▏ 0/5   1s, about 14 s left
          ⠋ network/vpc              1s   0/1  ← critical path
          stopping: nothing new starts; Ctrl-C again leaves at once, AWS goes on
        """, Stopped(After(Creation, Started(0, Vpc))), 1);

    [Theory]
    [InlineData(20, 3)]
    [InlineData(40, 4)]
    [InlineData(60, 6)]
    [InlineData(80, 10)]
    [InlineData(160, 50)]
    public void No_frame_is_larger_than_its_terminal(int width, int height)
    {
        var nodes = Enumerable.Range(0, 60)
            .Select(i => Stack(Id($"n{i}"), $"app/数据库/{i}", NodeAction.Create, [("Topic", "AWS::SNS::Topic")],
                i < 30 ? [] : [Id($"n{i - 30}")])).ToArray();
        var events = Enumerable.Range(0, 30)
            .SelectMany(i => new[] { Started(0, Id($"n{i}")), Moved(1, Id($"n{i}"), "Topic", "AWS::SNS::Topic", "CREATE_IN_PROGRESS") });
        var glass = new Glass(width, height);

        var frame = Frame(After(PlanOf(isDelete: false, [.. nodes]), [.. events]), 3, width, height);

        Assert.InRange(frame.Count, 1, height - 1);
        // Nor is it when a larger one becomes as narrow as most are.
        var usual = frame.Sum(row => (Columns.Of(row.Written(glass.Screen, width - 1)) + 79) / 80);
        Assert.InRange(usual, 1, Math.Max(24, height / 2) - 1);
        Assert.All(frame, row => Assert.InRange(Columns.Of(row.Written(glass.Screen, width - 1)), 1, width - 1));
    }

    [Fact]
    public void What_others_wrote_stays_on_its_line() =>
        Assert.DoesNotContain(Written(Frame(After(Creation, Started(0, Vpc),
            Moved(1, Vpc, "a\u001b[2Jb\nc", "AWS\t::X", "CREATE_IN_PROGRESS")), 2)).Replace("\n  ", "", StringComparison.Ordinal),
            c => char.IsControl(c));

    private static RunProgress Stopped(RunProgress progress)
    {
        progress.Stop();
        return progress;
    }

    private static void Shows(string expected, RunProgress progress, double at, int width = 80, int height = 24) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), Written(Frame(progress, at, width, height), width));

    private static IReadOnlyList<Row> Frame(RunProgress progress, double at, int width = 80, int height = 24) =>
        new RunFrame(progress, new RunColumns(progress.Outline, width - 1, At(0)), At(at), height, "⠋").Rows();

    private static string Written(IReadOnlyList<Row> frame, int width = 80) =>
        string.Join('\n', frame.Select(r => r.Written(new Glass(width, 24).Screen, width - 1)));
}
