using System.Text.Json.Nodes;

namespace Paco.Sandbox.Tests;

/// <summary>Deployment groups as CodeDeploy takes them, and deployments that nobody carries out.</summary>
public sealed class CodeDeployTests
{
    private const string Servers = """
        Resources:
          Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
          Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.4.0/24}}
          Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceType: t3.small, ImageId: ami-1}}}
          Group:
            Type: AWS::AutoScaling::AutoScalingGroup
            Properties:
              AutoScalingGroupName: web
              MinSize: "2"
              MaxSize: "2"
              VPCZoneIdentifier: [!Ref Subnet]
              LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
        """;

    private const string Deployment = """
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: {Service: codedeploy.amazonaws.com}
                    Action: sts:AssumeRole
                    Condition:
                      ArnLike: {"aws:SourceArn": !Sub "arn:aws:codedeploy:us-west-2:${AWS::AccountId}:deploymentgroup:shop/shop-Group"}
                      StringEquals: {"aws:SourceAccount": !Ref AWS::AccountId}
          Policy:
            Type: AWS::IAM::Policy
            Properties:
              PolicyName: hooks
              Roles: [!Ref Role]
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Action: "autoscaling:*LifecycleHook"
                    Resource: !Sub "arn:aws:autoscaling:us-west-2:${AWS::AccountId}:autoScalingGroup:*:autoScalingGroupName/web"
          Application: {Type: AWS::CodeDeploy::Application, Properties: {ApplicationName: shop, ComputePlatform: Server}}
          Config: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {MinimumHealthyHosts: {Type: HOST_COUNT, Value: 1}}}
          Deployments:
            Type: AWS::CodeDeploy::DeploymentGroup
            DependsOn: Policy
            Properties:
              ApplicationName: !Ref Application
              DeploymentGroupName: shop-Group
              DeploymentConfigName: !Ref Config
              ServiceRoleArn: !GetAtt Role.Arn
              AutoScalingGroups: [web]
              DeploymentStyle: {DeploymentType: IN_PLACE, DeploymentOption: WITHOUT_TRAFFIC_CONTROL}
              AutoRollbackConfiguration: {Enabled: "true", Events: [DEPLOYMENT_FAILURE]}
        Outputs:
          Group: {Value: !Ref Deployments}
        """;

    [Fact]
    public async Task A_group_has_a_hook_on_its_servers_which_is_nobodys_drift()
    {
        await using var bench = await WithServers();

        Assert.Equal("CREATE_COMPLETE", await bench.Create("deployment", Deployment));

        Assert.Equal("shop-Group", await bench.Output("deployment", "Group"));
        var group = (await Ask(bench, "GetDeploymentGroup", OfGroup))["deploymentGroupInfo"]!;
        var hook = Assert.Single(group["autoScalingGroups"]!.AsArray())!;
        Assert.Equal("web", hook["name"]!.ToString());
        Assert.Equal([hook["hook"]!.ToString()], await Hooks(bench));
        Assert.StartsWith("CodeDeploy-managed-automatic-launch-deployment-hook-shop-Group-", hook["hook"]!.ToString(),
            StringComparison.Ordinal);
        Assert.True((bool)group["autoRollbackConfiguration"]!["enabled"]!);
        var detection = await bench.Cfn("DetectStackDrift", "StackName=servers");
        bench.Clock.Pass(60);
        var drift = await bench.Cfn("DescribeStackDriftDetectionStatus",
            $"StackDriftDetectionId={detection.Descendants("StackDriftDetectionId").Single().Value}");
        Assert.Equal("IN_SYNC", drift.Descendants("StackDriftStatus").Single().Value);
    }

    [Fact]
    public async Task The_hook_goes_with_the_group_and_does_not_come_back_with_other_servers_of_the_name()
    {
        await using var bench = await WithServers();
        await bench.Create("deployment", Deployment);

        await bench.Cfn("DeleteStack", "StackName=servers");
        bench.Clock.Pass(60);
        await bench.Create("again", Servers);
        Assert.Empty(await Hooks(bench));
        await bench.Update("deployment", Deployment.Replace("Enabled: \"true\"", "Enabled: \"false\"", StringComparison.Ordinal));
        Assert.Empty(await Hooks(bench));

        await bench.Update("deployment", Deployment.Replace("[web]", "[]", StringComparison.Ordinal));
        await bench.Update("deployment", Deployment);
        Assert.Single(await Hooks(bench));
        await bench.Cfn("DeleteStack", "StackName=deployment");
        Assert.Empty(await Hooks(bench));
    }

    [Fact]
    public async Task A_configuration_of_another_number_takes_the_place_of_the_old_one()
    {
        await using var bench = await WithServers();
        await bench.Create("deployment", Deployment);
        var before = await bench.Physical("deployment", "Config");

        Assert.Equal("UPDATE_COMPLETE",
            await bench.Update("deployment", Deployment.Replace("Value: 1", "Value: 0", StringComparison.Ordinal)));

        var after = await bench.Physical("deployment", "Config");
        Assert.NotEqual(before, after);
        var group = (await Ask(bench, "GetDeploymentGroup", OfGroup))["deploymentGroupInfo"]!;
        Assert.Equal(after, group["deploymentConfigName"]!.ToString());
        var gone = await Assert.ThrowsAsync<Refusal>(() =>
            Ask(bench, "GetDeploymentConfig", $$"""{"deploymentConfigName": "{{before}}"}"""));
        Assert.Equal("DeploymentConfigDoesNotExistException", gone.Code);
    }

    [Theory]
    [InlineData("Service: codedeploy.amazonaws.com", "Service: ec2.amazonaws.com",
        "AWS CodeDeploy does not have the permissions required to assume the role")]
    [InlineData("deploymentgroup:shop/shop-Group", "deploymentgroup:other/*",
        "AWS CodeDeploy does not have the permissions required to assume the role")]
    [InlineData("autoScalingGroupName/web", "autoScalingGroupName/other", "InvalidRoleException")]
    [InlineData("[web]", "[gone]", "InvalidAutoScalingGroupException")]
    [InlineData("WITHOUT_TRAFFIC", "WITH_TRAFFIC",
        "The deploymentOption value is set to WITH_TRAFFIC_CONTROL, but either no load balancer")]
    [InlineData("WITHOUT_TRAFFIC_CONTROL}", "WITHOUT_TRAFFIC_CONTROL}\n      LoadBalancerInfo: {TargetGroupInfoList: [{Name: gone}]}",
        "InvalidLoadBalancerInfoException")]
    [InlineData("DeploymentType: IN_PLACE, ", "", "Deployment type or deployment option cannot be null or empty")]
    [InlineData("Events: [DEPLOYMENT_FAILURE]", "Events: []", "InvalidAutoRollbackConfigException")]
    [InlineData("AutoScalingGroups: [web]",
        "AutoScalingGroups: [web]\n      AlarmConfiguration: {Enabled: true, Alarms: [{Name: a}, {Name: b}, {Name: c}, {Name: d}, {Name: e}, {Name: f}, {Name: g}, {Name: h}, {Name: i}, {Name: j}, {Name: k}]}",
        "AlarmsLimitExceededException")]
    [InlineData("AutoScalingGroups: [web]", "AutoScalingGroups: [web]\n      AlarmConfiguration: {Enabled: true}",
        "InvalidAlarmConfigException")]
    [InlineData("DeploymentConfigName: !Ref Config", "DeploymentConfigName: mine", "DeploymentConfigDoesNotExistException")]
    [InlineData("Type: HOST_COUNT, Value: 1", "Type: FLEET_PERCENT, Value: 101", "InvalidMinimumHealthyHostValueException")]
    public async Task What_CodeDeploy_refuses_the_sandbox_refuses(string right, string wrong, string reason)
    {
        await using var bench = await WithServers();

        Assert.Contains(right, Deployment, StringComparison.Ordinal);
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("deployment", Deployment.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(await bench.Events("deployment"), e => e.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_deployment_succeeds_where_nothing_runs()
    {
        await using var bench = await WithServers();
        await bench.Create("deployment", Deployment);

        var id = (await Ask(bench, "CreateDeployment", """
            {"applicationName": "shop", "deploymentGroupName": "shop-Group", "description": "First",
             "revision": {"revisionType": "S3", "s3Location": {"bucket": "releases", "key": "web.zip", "bundleType": "zip"}}}
            """))["deploymentId"]!.ToString();

        var made = (await Ask(bench, "GetDeployment", $$"""{"deploymentId": "{{id}}"}"""))["deploymentInfo"]!;
        Assert.Equal(("Failed", "HEALTH_CONSTRAINTS"), (made["status"]!.ToString(), made["errorInformation"]!["code"]!.ToString()));
        Assert.Contains("no agent answered", made["errorInformation"]!["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal([id], (await Ask(bench, "ListDeployments", OfGroup))["deployments"]!.AsArray().Select(d => d!.ToString()));
    }

    [Theory]
    [InlineData("GetApplication", """{"applicationName": "gone"}""", "ApplicationDoesNotExistException")]
    [InlineData("GetApplication", "{}", "ApplicationNameRequiredException")]
    [InlineData("GetDeploymentGroup", """{"applicationName": "shop", "deploymentGroupName": "gone"}""",
        "DeploymentGroupDoesNotExistException")]
    [InlineData("CreateDeployment", OfGroup, "RevisionRequiredException")]
    [InlineData("GetDeployment", """{"deploymentId": "d-GONE12345"}""", "DeploymentDoesNotExistException")]
    public async Task What_is_not_there_is_refused_in_CodeDeploys_words(string operation, string body, string code)
    {
        await using var bench = await WithServers();
        await bench.Create("deployment", Deployment);

        Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(() => Ask(bench, operation, body))).Code);
    }

    private const string OfGroup = """{"applicationName": "shop", "deploymentGroupName": "shop-Group"}""";

    private static async Task<Bench> WithServers()
    {
        var bench = new Bench();
        await bench.Create("servers", Servers);
        return bench;
    }

    private static Task<JsonNode> Ask(Bench bench, string operation, string body) => bench.Json("codedeploy", operation, body);

    private static async Task<IEnumerable<string>> Hooks(Bench bench) =>
        (await bench.Query("autoscaling", "DescribeLifecycleHooks", "AutoScalingGroupName=web")).Descendants("LifecycleHookName")
            .Select(h => h.Value);
}
