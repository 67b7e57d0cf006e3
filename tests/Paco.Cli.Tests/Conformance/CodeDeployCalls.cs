namespace Paco.Cli.Tests.Conformance;

/// <summary>CodeDeploy, and the hooks it puts on the servers that the calls of Auto Scaling made.</summary>
internal static partial class Calls
{
    private static async Task CodeDeploy(Caller aws)
    {
        await Stack(aws, "deployment", """
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties:
                  RoleName: deploys
                  ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole]
                  AssumeRolePolicyDocument:
                    Statement: [{Effect: Allow, Principal: {Service: codedeploy.amazonaws.com}, Action: sts:AssumeRole}]
              Application: {Type: AWS::CodeDeploy::Application, Properties: {ApplicationName: shop}}
              Config:
                Type: AWS::CodeDeploy::DeploymentConfig
                Properties: {DeploymentConfigName: half, MinimumHealthyHosts: {Type: FLEET_PERCENT, Value: 50}}
              Group:
                Type: AWS::CodeDeploy::DeploymentGroup
                Properties:
                  ApplicationName: !Ref Application
                  DeploymentGroupName: web
                  DeploymentConfigName: !Ref Config
                  ServiceRoleArn: !GetAtt Role.Arn
                  AutoScalingGroups: [web]
                  DeploymentStyle: {DeploymentType: IN_PLACE, DeploymentOption: WITHOUT_TRAFFIC_CONTROL}
                  AlarmConfiguration: {Enabled: true, Alarms: [{Name: unhealthy}]}
                  AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM]}
            """);
        const string Group = """{"applicationName": "shop", "deploymentGroupName": "web"}""";
        await aws.Json("codedeploy", "ListApplications");
        await aws.Json("codedeploy", "GetApplication", """{"applicationName": "shop"}""");
        await aws.Json("codedeploy", "GetApplication", """{"applicationName": "nobody"}""");
        await aws.Json("codedeploy", "ListDeploymentGroups", """{"applicationName": "shop"}""");
        await aws.Json("codedeploy", "GetDeploymentGroup", Group);
        await aws.Json("codedeploy", "GetDeploymentGroup", """{"applicationName": "shop", "deploymentGroupName": "nobody"}""");
        await aws.Json("codedeploy", "BatchGetDeploymentGroups", """{"applicationName": "shop", "deploymentGroupNames": ["web"]}""");
        await aws.Json("codedeploy", "ListDeploymentConfigs");
        await aws.Json("codedeploy", "GetDeploymentConfig", """{"deploymentConfigName": "half"}""");
        await aws.Json("codedeploy", "GetDeploymentConfig", """{"deploymentConfigName": "nobody"}""");
        await aws.Json("codedeploy", "CreateDeployment", Group);
        var deployment = (await aws.Json("codedeploy", "CreateDeployment", """
            {"applicationName": "shop", "deploymentGroupName": "web",
             "revision": {"revisionType": "S3", "s3Location": {"bucket": "releases", "key": "web.zip", "bundleType": "zip"}}}
            """))["deploymentId"];
        await aws.Json("codedeploy", "ListDeployments", Group);
        await aws.Json("codedeploy", "GetDeployment", $$"""{"deploymentId": "{{deployment}}"}""");
        await aws.Json("codedeploy", "GetDeployment", """{"deploymentId": "d-NOBODY123"}""");
        await aws.Json("codedeploy", "GetDeploymentGroup", Group);
        await aws.Query("autoscaling", "DescribeLifecycleHooks", "AutoScalingGroupName=web");
        await aws.Query("autoscaling", "DescribeLifecycleHooks", "AutoScalingGroupName=nobody");
    }
}
