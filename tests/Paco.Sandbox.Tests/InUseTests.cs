namespace Paco.Sandbox.Tests;

/// <summary>What others use is not deleted. What AWS says of it was read in reports of deployments, which each test names.</summary>
public sealed class InUseTests
{
    private const string Network = """
        Resources:
          Network: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
          Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Network, CidrBlock: 10.0.1.0/24}}
          Second: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Network, CidrBlock: 10.0.2.0/24}}
          Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: servers, VpcId: !Ref Network}}
          Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !Ref Network}}
          Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [
            {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
        """;

    [Theory]
    // copilot-cli#5481.
    [InlineData("Subnet", "AWS::EC2::Instance, Properties: {ImageId: ami-1, SubnetId: ID}",
        "The subnet 'ID' has dependencies and cannot be deleted.")]
    // refinery-platform#1678.
    [InlineData("Group", "AWS::EC2::Instance, Properties: {ImageId: ami-1, SecurityGroupIds: [ID]}", "resource ID has a dependent object")]
    // API elbv2 DeleteTargetGroup.
    [InlineData("Targets", "AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: "
        + "'arn:aws:elasticloadbalancing:us-west-2:111111111111:loadbalancer/app/a/1', Port: 80, Protocol: HTTP, "
        + "DefaultActions: [{Type: forward, TargetGroupArn: 'ID'}]}", "Target group 'ID' is currently in use by a listener or a rule")]
    // 99designs/iamy#68.
    [InlineData("Role", "AWS::IAM::InstanceProfile, Properties: {Roles: [ID]}",
        "Cannot delete entity, must remove roles from instance profile first.")]
    // rain#462.
    [InlineData("Role", "AWS::IAM::ManagedPolicy, Properties: {Roles: [ID], PolicyDocument: {Version: 2012-10-17, Statement: ["
        + "{Effect: Allow, Action: 's3:ListAllMyBuckets', Resource: '*'}]}}", "Cannot delete entity, must detach all policies first.")]
    public async Task What_another_stack_uses_stays_until_that_has_gone(string logical, string user, string words)
    {
        await using var bench = new Bench();
        await bench.Create("net", Network);
        var id = await bench.Physical("net", logical);
        await bench.Create("user", $"Resources: {{User: {{Type: {user.Replace("ID", id, StringComparison.Ordinal)}}}}}");

        await bench.Cfn("DeleteStack", "StackName=net");
        Assert.Equal("DELETE_FAILED", await bench.Status("net"));
        Assert.Contains(await bench.Events("net"), e => e.StartsWith($"{logical} DELETE_FAILED ", StringComparison.Ordinal)
            && e.Contains(words.Replace("ID", id, StringComparison.Ordinal), StringComparison.Ordinal));

        await bench.Cfn("DeleteStack", "StackName=user");
        await bench.Cfn("DeleteStack", "StackName=net");
        await Assert.ThrowsAsync<Refusal>(() => bench.Status("net"));
    }

    [Fact]
    public async Task A_group_that_moved_has_servers_where_it_was()
    {
        await using var bench = new Bench();
        await bench.Create("net", Network);
        var (first, second) = (await bench.Physical("net", "Subnet"), await bench.Physical("net", "Second"));
        const string Web = """
            Resources:
              Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-1, InstanceType: t3.micro}}}
              Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "1", VPCZoneIdentifier: [SUBNET],
                LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}}
            """;
        await bench.Create("web", Web.Replace("SUBNET", first, StringComparison.Ordinal));
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("web", Web.Replace("SUBNET", second, StringComparison.Ordinal)));

        await bench.Cfn("DeleteStack", "StackName=net");
        Assert.Equal("DELETE_FAILED", await bench.Status("net"));
        var events = await bench.Events("net");
        Assert.Contains(events, e => e.StartsWith("Subnet DELETE_FAILED ", StringComparison.Ordinal));
        Assert.Contains(events, e => e.StartsWith("Second DELETE_FAILED ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_another_region_calls_so_uses_nothing_here()
    {
        const string Group = "Resources: {Group: {Type: AWS::RDS::DBParameterGroup, "
            + "Properties: {DBParameterGroupName: shop, Description: a, Family: mysql8.0}}}";
        const string Database = "Resources: {Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, "
            + "DBInstanceClass: db.t4g.micro, AllocatedStorage: '20', MasterUsername: root1, ManageMasterUserPassword: true, DBParameterGroupName: shop}}}";
        await using var bench = new Bench();
        await bench.Create("group", Group);
        bench.Region = "eu-west-1";
        await bench.Create("group", Group);
        await bench.Create("database", Database);

        await bench.Cfn("DeleteStack", "StackName=group");
        Assert.Equal("DELETE_FAILED", await bench.Status("group"));
        bench.Region = "us-west-2";
        await bench.Cfn("DeleteStack", "StackName=group");
        await Assert.ThrowsAsync<Refusal>(() => bench.Status("group"));
    }
}
