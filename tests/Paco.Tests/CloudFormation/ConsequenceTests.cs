using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;

namespace Paco.Tests.CloudFormation;

/// <summary>Two texts of a resource in, what the change between them does to others out.</summary>
public sealed class ConsequenceTests
{
    private const string Database = """
        It: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.t4g.micro, EngineVersion: "8.4", AllocatedStorage: "20", BackupRetentionPeriod: 1, StorageType: gp3, Port: "3306", MultiAZ: false}}
        """;

    private const string Group = """
        It:
          Type: AWS::AutoScaling::AutoScalingGroup
          Properties: {MinSize: "1", MaxSize: "4", DesiredCapacity: "2", VPCZoneIdentifier: [subnet-1]}
          UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 1}}
        """;

    // What RDS interrupts is in its API's ModifyDBInstance, property by property.
    [Theory]
    [InlineData("db.t4g.micro", "db.t4g.small", "Outage: cannot be used for about 10 min (DBInstanceClass)")]
    [InlineData("\"8.4\"", "\"8.5\"", "Outage: cannot be used for about 10 min (EngineVersion)")]
    [InlineData("\"3306\"", "\"3307\"", "Restart: stops and starts again: cannot be used for about 2 min (Port)",
        "NewAddress: gets another Endpoint.Port: what is outside the project and uses the old one must be told")]
    [InlineData("BackupRetentionPeriod: 1", "BackupRetentionPeriod: 0",
        "Pause: cannot be used for a moment, about 60 s (BackupRetentionPeriod)")]
    [InlineData("gp3", "standard", "Restart: stops and starts again: cannot be used for about 2 min (StorageType)")]
    [InlineData("BackupRetentionPeriod: 1", "BackupRetentionPeriod: 7")]
    [InlineData("\"20\"", "\"40\"")]
    [InlineData("gp3", "io1")]
    public void A_database_is_interrupted_by_some_changes_and_not_by_others(string old, string now, params string[] lines) =>
        Assert.Equal(lines, Lines(Database, old, now));

    // RDS: "the change is applied to the standby first": a failover of a minute or two.
    [Fact]
    public void Another_class_of_a_database_in_two_zones_makes_its_standby_take_over() => Assert.Equal(
        ["Failover: its standby takes over: cannot be used for about 2 min (DBInstanceClass)"],
        Lines(Database.Replace("MultiAZ: false", "MultiAZ: true", StringComparison.Ordinal), "db.t4g.micro", "db.t4g.small"));

    // Defaults and triggers: CloudFormation User Guide, aws-attribute-updatepolicy.
    [Theory]
    [InlineData("subnet-1", "subnet-2", "RollingUpdate: rolling update: 2 servers, 1 at a time, about 4 min; 1 stays in service")]
    [InlineData("MaxSize: \"4\"", "MaxSize: \"5\"")]
    [InlineData("DesiredCapacity: \"2\"", "DesiredCapacity: \"3\"")]
    public void A_group_rolls_when_its_servers_would_be_others(string old, string now, params string[] lines) =>
        Assert.Equal(lines, Lines(Group, old, now));

    [Theory]
    [InlineData("{AutoScalingRollingUpdate: {MaxBatchSize: 2}}", "RollingUpdate: rolling update: 2 servers, 2 at a time, about 2 min",
        "Outage: no server is in service for about 2 min (MinInstancesInService is 0)")]
    [InlineData("{AutoScalingRollingUpdate: {}}", "RollingUpdate: rolling update: 2 servers, 1 at a time, about 4 min; 1 stays in service",
        "Outage: there may be times without a server in service: MinInstancesInService is 0, so none is kept")]
    [InlineData("{AutoScalingRollingUpdate: {MinInstancesInService: 2, WaitOnResourceSignals: true, PauseTime: PT1H}}",
        "RollingUpdate: rolling update: 2 servers, 1 at a time, about 6 min; 2 stay in service")]
    [InlineData("{AutoScalingRollingUpdate: {MinInstancesInService: 1, PauseTime: PT10M}}",
        "RollingUpdate: rolling update: 2 servers, 1 at a time, about 24 min; 1 stays in service")]
    [InlineData("{AutoScalingScheduledAction: {IgnoreUnmodifiedGroupSizeProperties: true}}",
        "NewInstancesOnly: no server is replaced: those that run stay as they are, and only new ones get the change (there is no rolling update)")]
    public void How_a_group_rolls_is_its_policy_s(string policy, params string[] lines) => Assert.Equal(lines,
        Lines(Group.Replace("{AutoScalingRollingUpdate: {MinInstancesInService: 1}}", policy, StringComparison.Ordinal), "subnet-1",
            "subnet-2"));

    [Fact]
    public void A_group_that_will_be_replaced_is_replaced_and_does_not_roll()
    {
        var change = Change(Group.Replace("{AutoScalingRollingUpdate: {MinInstancesInService: 1}}",
            "{AutoScalingReplacingUpdate: {WillReplace: true}}", StringComparison.Ordinal), "subnet-1", "subnet-2");
        Assert.Equal((ChangeKind.Replace, true), (change.Kind, change.Consequences.IsEmpty));
    }

    [Fact]
    public void A_load_balancer_that_is_replaced_has_another_address() => Assert.Equal(
        ["NewAddress: gets another DNSName: what is outside the project and uses the old one must be told"],
        Lines("It: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal}}", "internal", "internet-facing"));

    [Fact]
    public void Rules_of_a_security_group_are_revoked_and_made_again() => Assert.Equal(
        ["Pause: cannot be used for a moment, about 2 s (SecurityGroupIngress)"],
        Lines(
            "It: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: d, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8, Description: a}]}}",
            "Description: a", "Description: b"));

    [Fact]
    public void What_an_attribute_of_an_unknown_type_gives_may_change()
    {
        const string Both = """
            Fleet: {Type: AWS::GameLift::Fleet, Properties: {Name: a, Description: one}}
            User: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Fleet.FleetArn}}
            """;
        var user = TemplateDiff.Compare(Side(Both), Side(Both.Replace("one", "two", StringComparison.Ordinal)), ResourceSchemas.Shared)
            .Single(c => c.LogicalId == "User");
        Assert.Equal((true, "Fleet.FleetArn"), (user.Properties.Single().MayStay, Assert.Single(user.Follows)));
    }

    [Fact]
    public void What_the_files_write_anew_follows_from_nothing()
    {
        const string Both = """
            Servers: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceType: t3.micro}}}
            User: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Servers.LatestVersionNumber, Description: text}}
            """;
        var after = Both.Replace("t3.micro", "t3.small", StringComparison.Ordinal).Replace("text", "other", StringComparison.Ordinal);
        var user = TemplateDiff.Compare(Side(Both), Side(after), ResourceSchemas.Shared).Single(c => c.LogicalId == "User");
        Assert.Empty(user.Follows);
        Assert.Equal(["Value follows Servers.LatestVersionNumber", "Description follows "],
            user.Properties.Select(p => $"{p.Path} follows {string.Join(", ", p.Follows)}"));
    }

    private static string[] Lines(string resource, string old, string now) =>
        [.. Change(resource, old, now).Consequences.Select(c => $"{c.Kind}: {c.Text}")];

    private static ResourceChange Change(string resource, string old, string now)
    {
        var after = resource.Replace(old, now, StringComparison.Ordinal);
        Assert.NotEqual(resource, after);
        return TemplateDiff.Compare(Side(resource), Side(after), ResourceSchemas.Shared).Single();
    }

    private static TemplateSide Side(string resources) =>
        new(new MapValue { ["Resources"] = TemplateReader.Read(resources) }, new Dictionary<string, string?>());
}
