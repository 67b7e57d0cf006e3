using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Conformance;

/// <summary>AWS Backup.</summary>
internal static partial class Calls
{
    private const string BackupStack = """
        Resources:
          Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: shop}}
          Plan:
            Type: AWS::Backup::BackupPlan
            DependsOn: Vault
            Properties:
              BackupPlan:
                BackupPlanName: nightly
                BackupPlanRule:
                  - RuleName: daily
                    TargetBackupVault: shop
                    ScheduleExpression: cron(0 7 ? * * *)
                    Lifecycle: {DeleteAfterDays: 30}
          Selection:
            Type: AWS::Backup::BackupSelection
            Properties:
              BackupPlanId: !Ref Plan
              BackupSelection:
                SelectionName: all
                IamRoleArn: arn:aws:iam::111111111111:role/backup
                Resources: ["*"]
                Conditions: {StringLike: [{ConditionKey: "aws:ResourceTag/aws:cloudformation:stack-name", ConditionValue: "back*"}]}
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: orders
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              KeySchema: [{AttributeName: id, KeyType: HASH}]
        """;

    private static async Task Backup(Caller aws)
    {
        const string Vaults = "/backup-vaults";
        await aws.Query("cloudformation", "CreateStack", "StackName=backups", $"TemplateBody={BackupStack}");
        aws.Pass();
        aws.Pass();
        await aws.Rest("backup", "GET", $"{Vaults}/");
        await aws.Rest("backup", "GET", $"{Vaults}/shop");
        await aws.Rest("backup", "GET", $"{Vaults}/gone");
        var plans = JsonNode.Parse(await aws.Rest("backup", "GET", "/backup/plans/"))!;
        var plan = $"/backup/plans/{plans["BackupPlansList"]![0]!["BackupPlanId"]}";
        await aws.Rest("backup", "GET", $"{plan}/");
        await aws.Rest("backup", "GET", "/backup/plans/gone/");
        var selections = JsonNode.Parse(await aws.Rest("backup", "GET", $"{plan}/selections/"))!;
        await aws.Rest("backup", "GET", $"{plan}/selections/{selections["BackupSelectionsList"]![0]!["SelectionId"]}");
        var job = JsonNode.Parse(await aws.Rest("backup", "PUT", "/backup-jobs", """
            {"BackupVaultName": "shop", "ResourceArn": "arn:aws:dynamodb:us-west-2:111111111111:table/orders",
             "IamRoleArn": "arn:aws:iam::111111111111:role/backup", "Lifecycle": {"DeleteAfterDays": 7}}
            """))!;
        await aws.Rest("backup", "PUT", "/backup-jobs", """
            {"BackupVaultName": "shop", "ResourceArn": "arn:aws:dynamodb:us-west-2:111111111111:table/gone",
             "IamRoleArn": "arn:aws:iam::111111111111:role/backup"}
            """);
        await aws.Rest("backup", "GET", $"/backup-jobs/{job["BackupJobId"]}");
        await aws.Rest("backup", "GET", "/backup-jobs/00000000-0000-0000-0000-000000000000");
        await aws.Rest("backup", "GET", $"{Vaults}/shop/recovery-points/");
        var point = $"{Vaults}/shop/recovery-points/{Uri.EscapeDataString(job["RecoveryPointArn"]!.ToString())}";
        await aws.Rest("backup", "GET", point);
        await aws.Rest("backup", "DELETE", $"{Vaults}/shop");
        await aws.Rest("backup", "DELETE", point);
        await aws.Rest("backup", "DELETE", point);
        await aws.Query("cloudformation", "CreateStack", "StackName=empty",
            "TemplateBody=Resources: {Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: empty}}}");
        aws.Pass();
        await aws.Rest("backup", "DELETE", $"{Vaults}/empty");
    }
}
