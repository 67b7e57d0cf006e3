using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Monitoring;
using Paco.Monitoring.Metrics;
using Paco.Stacks;
using Paco.Tests.Pages;

namespace Paco.Tests.Monitoring;

/// <summary>What rooms state of themselves can be used by whoever watches and deploys: every reference in it leads to a value.</summary>
public sealed class StatedFactsTests
{
    private const string Everything =
        """
        # Everything
        ## One of each that can be watched
        ```yaml resources
        web:
          type: ASG
          enabled: true
          instance_type: t3.small
          instance_ami: ami-0123456789abcdef0
          segment: private
        alb:
          type: LBApplication
          enabled: true
          scheme: internal
          segment: private
          security_groups: [paco.ref netenv.mynet.network.vpc.security_groups.app.alb]
        nlb:
          type: LBNetwork
          enabled: true
          scheme: internal
          segment: private
        database:
          type: RDSMysql
          enabled: true
          engine_version: '8.4'
          db_instance_type: db.t4g.micro
          storage_size_gb: 20
          segment: paco.ref netenv.mynet.network.vpc.segments.private
          master_username: shop
          master_user_password: not-so-secret
        cluster:
          type: RDSPostgresqlAurora
          enabled: true
          engine_version: '17.4'
          segment: paco.ref netenv.mynet.network.vpc.segments.private
          master_username: shop
          master_user_password: not-so-secret
          default_instance:
            db_instance_type: db.t4g.medium
            monitoring:
              collection_interval: 30
          db_instances:
            first:
            second:
              monitoring:
                collection_interval: 10
        ```
        """;

    [Fact]
    public void Dimensions_of_what_is_watched_lead_to_values()
    {
        var (watched, build) = Build();

        var lost = watched.SelectMany(w => w.Dimensions).Where(d => build.Offers.Find(d.Value.Path) is null);

        Assert.Equal(
            ["AWS/ApplicationELB", "AWS/AutoScaling", "AWS/NetworkELB", "AWS/RDS"],
            watched.Select(w => w.Namespace).Distinct().Order());
        Assert.Empty(lost);
    }

    [Fact]
    public void Each_instance_of_a_cluster_is_watched_by_itself_as_it_says_or_as_the_default_says()
    {
        var instances = Build().Watched.Where(w => w is { Key.Length: > 0, Monitoring: not null });

        Assert.Equal([("first", 30), ("second", 10)], instances.Select(w => (w.Key, w.Monitoring!.CollectionInterval.Value)));
    }

    [Fact]
    public void What_is_worth_seeing_is_a_metric_that_is_sent()
    {
        var unknown = from watched in Build().Watched
                      from worth in watched.Worth
                      let space = worth.Namespace ?? watched.Namespace
                      let dimensions = MetricList.Set(watched.Dimensions.Select(d => d.Name))
                      where MetricList.Find(space)?.Metrics.GetValueOrDefault(worth.MetricName, []).Contains(dimensions) != true
                      select $"{space} {worth.MetricName} by {dimensions}";

        Assert.Empty(unknown);
    }

    [Fact]
    public void What_is_deployed_to_has_a_name_and_a_role_that_is_made()
    {
        var (_, build) = Build();
        var target = build.Index.Objects.Values.OfType<IDeployTarget>().Single();
        var roles = build.Stacks.SelectMany(s => s.Template.Resources).Where(r => r.Type == "AWS::IAM::Role")
            .Select(r => r.Properties["RoleName"]);

        Assert.NotNull(build.Offers.Find(target.Group.Path));
        Assert.Contains(new TextValue(target.RoleName), roles);
    }

    private static (Watched[] Watched, BuildContext Build) Build()
    {
        using var folder = new TemporaryFolder();
        PageProject.Write(folder, new Page("", Everything).Sections.Single());
        var project = Toolkit.Compile(folder.Path).Project!;
        var build = project.Build(new DiagnosticBag());
        return ([.. project.Index.Objects.Values.OfType<IWatched>().SelectMany(w => w.Watched)], build);
    }
}
