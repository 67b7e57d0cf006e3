namespace Paco.Cli.Tests.Conformance;

/// <summary>What a pipeline is made of: KMS, CodePipeline, CodeBuild, EventBridge, CodeStar Notifications.</summary>
internal static partial class Calls
{
    private const string DeliveryStack = """
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties:
              RoleName: delivery
              AssumeRolePolicyDocument:
                Statement:
                  - Effect: Allow
                    Action: sts:AssumeRole
                    Principal: {Service: [codepipeline.amazonaws.com, codebuild.amazonaws.com, events.amazonaws.com]}
          Key: {Type: AWS::KMS::Key, Properties: {Description: artifacts, EnableKeyRotation: true, PendingWindowInDays: 7}}
          Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/artifacts, TargetKeyId: !Ref Key}}
          Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: artifacts-of-delivery}}
          Project:
            Type: AWS::CodeBuild::Project
            Properties:
              Name: shop
              Description: builds it
              ServiceRole: !GetAtt Role.Arn
              EncryptionKey: !GetAtt Key.Arn
              TimeoutInMinutes: "30"
              ConcurrentBuildLimit: 2
              Artifacts: {Type: CODEPIPELINE}
              Source: {Type: CODEPIPELINE, BuildSpec: buildspec.yml}
              Environment:
                Type: LINUX_CONTAINER
                ComputeType: BUILD_GENERAL1_SMALL
                Image: aws/codebuild/amazonlinux-x86_64-standard:5.0
                PrivilegedMode: "true"
                EnvironmentVariables: [{Name: STAGE, Value: "1"}]
              LogsConfig: {CloudWatchLogs: {Status: ENABLED, GroupName: builds}}
              Tags: [{Key: Name, Value: shop}]
          Pipeline:
            Type: AWS::CodePipeline::Pipeline
            Properties:
              Name: shop
              RoleArn: !GetAtt Role.Arn
              PipelineType: V2
              ArtifactStore: {Type: S3, Location: !Ref Bucket, EncryptionKey: {Type: KMS, Id: !GetAtt Key.Arn}}
              Stages:
                - Name: Source
                  Actions:
                    - Name: Code
                      ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}
                      Configuration: {RepositoryName: shop, BranchName: main, PollForSourceChanges: false}
                      OutputArtifacts: [{Name: Code}]
                      RunOrder: "1"
                - Name: Build
                  Actions:
                    - Name: Ask
                      ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}
                    - Name: Build
                      ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}
                      Configuration: {ProjectName: shop}
                      InputArtifacts: [{Name: Code}]
                      RunOrder: 2
          Rule:
            Type: AWS::Events::Rule
            Properties:
              Name: shop
              Description: starts it
              EventPattern: {source: [aws.codecommit], detail: {referenceName: [main]}}
              Targets: [{Id: pipeline, Arn: "arn:aws:codepipeline:us-west-2:111111111111:shop", RoleArn: !GetAtt Role.Arn}]
          Bus:
            Type: AWS::Events::EventBusPolicy
            Properties: {StatementId: dev, Principal: "222222222222", Action: "events:PutEvents"}
          Notifications:
            Type: AWS::CodeStarNotifications::NotificationRule
            Properties:
              Name: shop
              DetailType: FULL
              Resource: arn:aws:codepipeline:us-west-2:111111111111:shop
              EventTypeIds: [codepipeline-pipeline-pipeline-execution-failed]
              Targets: [{TargetType: SNS, TargetAddress: "arn:aws:sns:us-west-2:111111111111:nobody"}]
        """;

    private static async Task Delivery(Caller aws)
    {
        await aws.Query("cloudformation", "CreateStack", "StackName=delivery", $"TemplateBody={DeliveryStack}",
            "Capabilities.member.1=CAPABILITY_NAMED_IAM");
        aws.Pass();
        await Keys(aws);
        await Pipelines(aws);
        await Projects(aws);
        await EventRules(aws);
        await Notifications(aws);
    }

    private static async Task Keys(Caller aws)
    {
        var id = (await aws.Json("kms", "ListKeys", """{"Limit": 1}"""))["Keys"]![0]!["KeyId"];
        var key = $$"""{"KeyId": "{{id}}"}""";
        foreach (var operation in new[] { "DescribeKey", "GetKeyPolicy", "ListKeyPolicies", "GetKeyRotationStatus", "ListAliases" })
            await aws.Json("kms", operation, key);
        await aws.Json("kms", "ListAliases");
        await aws.Json("kms", "DescribeKey", """{"KeyId": "alias/artifacts"}""");
        await aws.Json("kms", "DescribeKey", """{"KeyId": "alias/nobody"}""");
        await aws.Json("kms", "DescribeKey", """{"KeyId": "00000000-0000-0000-0000-000000000000"}""");
        await aws.Json("kms", "CancelKeyDeletion", key);
        await aws.Json("kms", "ScheduleKeyDeletion", $$"""{"KeyId": "{{id}}", "PendingWindowInDays": 7}""");
        await aws.Json("kms", "DescribeKey", key);
        await aws.Json("kms", "GetKeyRotationStatus", key);
        await aws.Json("kms", "CancelKeyDeletion", key);
    }

    private static async Task Pipelines(Caller aws)
    {
        await aws.Json("codepipeline", "ListPipelines", """{"maxResults": 10}""");
        await aws.Json("codepipeline", "GetPipeline", """{"name": "shop"}""");
        await aws.Json("codepipeline", "GetPipeline", """{"name": "nobody"}""");
        await aws.Json("codepipeline", "StartPipelineExecution", """{"name": "shop"}""");
        await aws.Json("codepipeline", "GetPipelineState", """{"name": "shop"}""");
        await aws.Json("codepipeline", "ListPipelineExecutions", """{"pipelineName": "shop", "maxResults": 1}""");
    }

    private static async Task Projects(Caller aws)
    {
        await aws.Json("codebuild", "ListProjects", """{"sortBy": "NAME", "sortOrder": "DESCENDING"}""");
        await aws.Json("codebuild", "BatchGetProjects", """{"names": ["shop", "nobody"]}""");
        await aws.Json("codebuild", "ListBuilds");
        await aws.Json("codebuild", "ListBuildsForProject", """{"projectName": "shop"}""");
        await aws.Json("codebuild", "ListBuildsForProject", """{"projectName": "nobody"}""");
        await aws.Json("codebuild", "BatchGetBuilds", """{"ids": ["shop:00000000-0000-0000-0000-000000000000"]}""");
    }

    private static async Task EventRules(Caller aws)
    {
        await aws.Json("events", "ListRules", """{"NamePrefix": "sh", "Limit": 1}""");
        await aws.Json("events", "DescribeRule", """{"Name": "shop"}""");
        await aws.Json("events", "DescribeRule", """{"Name": "nobody"}""");
        await aws.Json("events", "ListTargetsByRule", """{"Rule": "shop"}""");
        await aws.Json("events", "DescribeEventBus");
        await aws.Json("events", "TestEventPattern",
            """{"EventPattern": "{\"source\": [\"aws.codecommit\"]}", "Event": "{\"source\": \"aws.codecommit\"}"}""");
        await aws.Json("events", "TestEventPattern", """{"EventPattern": "{\"source\": \"aws.codecommit\"}", "Event": "{}"}""");
    }

    private static async Task Notifications(Caller aws)
    {
        var all = await aws.Rest("codestar-notifications", "POST", "/listNotificationRules", "{}");
        var arn = System.Text.Json.Nodes.JsonNode.Parse(all)!["NotificationRules"]![0]!["Arn"];
        foreach (var asked in new[] { arn!.ToString(), "arn:aws:codestar-notifications:us-west-2:111111111111:notificationrule/nobody" })
            await aws.Rest("codestar-notifications", "POST", "/describeNotificationRule", $$"""{"Arn": "{{asked}}"}""");
    }
}
