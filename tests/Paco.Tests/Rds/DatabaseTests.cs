using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Resources.RdsMysqlAurora;
using Paco.Resources.RdsSqlServerExpress;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Tests.Rds;

/// <summary>Databases that refer to objects of other rooms, built without those.</summary>
public sealed class DatabaseTests
{
    private const string Path = "netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.database";

    [Fact]
    public void Native_backups_get_an_option_and_a_role_for_their_bucket()
    {
        var stack = Build("""
            type: RDSSQLServerExpress
            enabled: true
            engine_version: 15.00.4073.23.v1
            db_instance_type: db.t3.medium
            storage_size_gb: 20
            master_username: root
            segment: paco.ref netenv.mynet.network.vpc.segments.database
            secrets_password: paco.ref netenv.mynet.secrets_manager.app.site.database
            backup_restore_bucket: paco.ref resource.s3.buckets.backups
            """, f => new RdsSqlServerExpress(f));

        Assert.Equal("""
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: sqlserver-ex
              MajorEngineVersion: "15.00"
              OptionGroupDescription: !Ref AWS::StackName
              OptionConfigurations:
              - OptionName: SQLSERVER_BACKUP_RESTORE
                OptionSettings:
                - Name: IAM_ROLE_ARN
                  Value: !GetAtt SQLServerBackupRestoreRole.Arn

            """, Show(stack, "OptionGroup"));
        Assert.Equal("""
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Version: "2012-10-17"
                Statement:
                - Effect: Allow
                  Principal:
                    Service: rds.amazonaws.com
                  Action: sts:AssumeRole
                  Condition:
                    StringEquals:
                      aws:SourceAccount: !Ref AWS::AccountId
              Policies:
              - PolicyName: SQLServerBackupRestoreRole
                PolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                  - Effect: Allow
                    Action:
                    - s3:ListBucket
                    - s3:GetBucketLocation
                    Resource: !Ref SQLServerBackupRestoreBucketArn
                  - Effect: Allow
                    Action:
                    - s3:GetObject
                    - s3:GetObjectAttributes
                    - s3:PutObject
                    - s3:ListMultipartUploadParts
                    - s3:AbortMultipartUpload
                    Resource: !Join
                      - ""
                      -
                        - !Ref SQLServerBackupRestoreBucketArn
                        - /*

            """, Show(stack, "SQLServerBackupRestoreRole"));
        Assert.Equal("resource.s3.buckets.backups.arn", SourceOf(stack, "SQLServerBackupRestoreBucketArn"));
        Assert.Equal("CAPABILITY_IAM", Assert.Single(stack.Capabilities));
    }

    [Fact]
    public void Events_go_to_topics_in_the_account_and_region_of_the_database()
    {
        var stack = Build("""
            type: RDSMysqlAurora
            enabled: true
            engine_version: "8.0"
            master_username: root
            segment: paco.ref netenv.mynet.network.vpc.segments.database
            secrets_password: paco.ref netenv.mynet.secrets_manager.app.site.database
            cluster_event_notifications:
              groups: [admin, on-call]
              event_categories: [failover]
            default_instance:
              db_instance_type: db.r7g.large
              event_notifications:
                groups: [admin]
                event_categories: [low storage]
            db_instances:
              first:
              second:
                event_notifications:
                  groups: [on-call]
                  event_categories: [failure]
            """, f => new RdsMysqlAurora(f));

        Assert.Equal(
            [
                "ClusterEventSubscriptionadmin",
                "ClusterEventSubscriptiononcall",
                "DBEventSubscriptionfirstadmin",
                "DBEventSubscriptionsecondoncall",
            ],
            stack.Template.Resources.Where(r => r.Type == "AWS::RDS::EventSubscription").Select(r => r.LogicalId));
        Assert.Equal("""
            Type: AWS::RDS::EventSubscription
            Properties:
              SnsTopicArn: !Ref Notification323be1ee209834ab31cdc3e408f79513
              SourceType: db-instance
              SourceIds:
              - !Ref DBInstancefirst
              EventCategories:
              - low storage
              Enabled: true

            """, Show(stack, "DBEventSubscriptionfirstadmin"));
        Assert.Equal("resource.sns.computed.dev.us-west-2.admin.arn", SourceOf(stack, "Notification323be1ee209834ab31cdc3e408f79513"));
    }

    private static Stack Build(string yaml, Func<Fields, AppResource> bind)
    {
        var bag = new DiagnosticBag();
        var index = new ObjectIndex();
        var node = YamlReader.Read(new SourceFile("database.yaml", yaml), bag);
        var context = new BindContext(bag, new ProjectFiles("/", bag), index);
        var database = Fields.Bind(new Fields(node, "database", Path, null, context), bind);
        Assert.Empty(bag.ToSorted());
        var build = new BuildContext("", bag, index);
        database.Build(new BuildScope(build,
            new Place("dev", "us-west-2"))
            {
                Prefix = "NE-mynet-dev-App-app",
                OwnNames = ["site", "database"],
                Label = "app/site/database",
            });
        return Assert.Single(build.Stacks);
    }

    private static string Show(Stack stack, string logicalId) => TemplateWriter.ToYaml(stack.Template.Find(logicalId)!.ToValue());

    private static string SourceOf(Stack stack, string parameter) =>
        Assert.IsType<RefSource>(stack.Parameters.Single(p => p.Name == parameter).Source).Reference.Path;
}
