using System.Text.RegularExpressions;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;

namespace Paco.Tests.CloudFormation.Types;

/// <summary>What is asked about before it is lost, and what never is.</summary>
public sealed partial class GuardTests
{
    private static readonly string Unguarded = File.ReadAllText(
        Repository.Path("tests", "Paco.Tests", "CloudFormation", "Types", "holds-nothing.md"));

    // What the service's model says that its deletion takes along, or that the CloudFormation linter (rule I3011) and cdkd (its list of
    // stateful types) count as state. The last column is the source.
    public static TheoryData<string, string, string> Held => new()
    {
        { "AWS::ACMPCA::CertificateAuthority", "its private key", "API acm-pca DeleteCertificateAuthority" },
        { "AWS::AmazonMQ::Broker", "queues and messages", "API mq DeleteBroker" },
        { "AWS::APS::Workspace", "metrics", "API amp DeleteWorkspace" },
        { "AWS::Athena::NamedQuery", "queries", "API athena DeleteNamedQuery" },
        { "AWS::Backup::BackupVault", "recovery points", "I3011" },
        { "AWS::Cassandra::Table", "rows", "API keyspaces DeleteTable" },
        { "AWS::CloudFormation::Stack", "all within it", "guide aws-resource-cloudformation-stack" },
        { "AWS::CloudTrail::EventDataStore", "events", "API cloudtrail DeleteEventDataStore" },
        { "AWS::CodeArtifact::Repository", "packages", "API codeartifact DeleteRepository" },
        { "AWS::CodeBuild::ReportGroup", "reports", "API codebuild DeleteReportGroup" },
        { "AWS::CodeCommit::Repository", "history", "API codecommit DeleteRepository" },
        { "AWS::Cognito::IdentityPool", "identities", "API cognito-identity DeleteIdentityPool" },
        { "AWS::Cognito::UserPool", "users", "I3011" },
        { "AWS::DAX::Cluster", "cache", "API dax DeleteCluster" },
        { "AWS::DocDB::DBCluster", "databases", "API docdb DeleteDBCluster" },
        { "AWS::DocDB::DBInstance", "an instance of it", "API docdb DeleteDBInstance" },
        { "AWS::DocDBElastic::Cluster", "databases", "API docdb-elastic DeleteCluster" },
        { "AWS::DynamoDB::GlobalTable", "items", "cdkd" },
        { "AWS::DynamoDB::Table", "items", "I3011" },
        { "AWS::EC2::EIP", "the address", "API ec2 ReleaseAddress" },
        { "AWS::EC2::Instance", "its disks", "API ec2 TerminateInstances: volumes are deleted with it" },
        { "AWS::EC2::KeyPair", "the private key", "API ec2 CreateKeyPair: shown once" },
        { "AWS::EC2::NetworkInterface", "its addresses", "API ec2 DeleteNetworkInterface" },
        { "AWS::EC2::Volume", "blocks", "I3011" },
        { "AWS::EC2::VPNConnection", "tunnel addresses and keys", "API ec2 DeleteVpnConnection: customer gateways are configured anew" },
        { "AWS::ECR::PublicRepository", "images", "API ecr-public DeleteRepository" },
        { "AWS::ECR::Repository", "images", "cdkd" },
        { "AWS::EFS::FileSystem", "files", "I3011" },
        { "AWS::EKS::Cluster", "what runs in it", "API eks DeleteCluster" },
        { "AWS::EMR::Cluster", "HDFS", "API emr TerminateJobFlows" },
        { "AWS::ElastiCache::CacheCluster", "cache", "I3011" },
        { "AWS::ElastiCache::ReplicationGroup", "cache", "I3011" },
        { "AWS::ElastiCache::ServerlessCache", "cache", "API elasticache DeleteServerlessCache" },
        { "AWS::Elasticsearch::Domain", "indexes", "I3011" },
        { "AWS::Events::Archive", "events", "API events DeleteArchive" },
        { "AWS::FSx::FileSystem", "files", "API fsx DeleteFileSystem" },
        { "AWS::FSx::Volume", "files", "API fsx DeleteVolume" },
        { "AWS::Glue::Database", "tables", "cdkd" },
        { "AWS::Glue::Table", "its description of data", "cdkd" },
        { "AWS::GlobalAccelerator::Accelerator", "two fixed addresses", "API globalaccelerator DeleteAccelerator" },
        { "AWS::HealthImaging::Datastore", "images", "API medical-imaging DeleteDatastore" },
        { "AWS::HealthLake::FHIRDatastore", "records", "API healthlake DeleteFHIRDatastore" },
        { "AWS::IAM::ServerCertificate", "a private key nobody can read back", "API iam UploadServerCertificate" },
        { "AWS::IoTAnalytics::Datastore", "messages", "API iotanalytics DeleteDatastore" },
        { "AWS::KMS::Key", "all that it encrypts", "I3011" },
        { "AWS::KMS::ReplicaKey", "all that it encrypts", "API kms ScheduleKeyDeletion" },
        { "AWS::Kinesis::Stream", "records", "cdkd" },
        { "AWS::KinesisVideo::Stream", "video", "API kinesisvideo DeleteStream" },
        { "AWS::Lightsail::Bucket", "objects", "API lightsail DeleteBucket" },
        { "AWS::Lightsail::Database", "databases", "API lightsail DeleteRelationalDatabase" },
        { "AWS::Lightsail::Disk", "blocks", "API lightsail DeleteDisk" },
        { "AWS::Lightsail::Instance", "its disk", "API lightsail DeleteInstance" },
        { "AWS::Lightsail::StaticIp", "the address", "API lightsail ReleaseStaticIp" },
        { "AWS::Logs::LogGroup", "events", "I3011" },
        { "AWS::Logs::LogStream", "events", "API logs DeleteLogStream" },
        { "AWS::MSK::Cluster", "topics", "API kafka DeleteCluster" },
        { "AWS::MSK::ServerlessCluster", "topics", "API kafka DeleteCluster" },
        { "AWS::ManagedBlockchain::Node", "ledger", "API managedblockchain DeleteNode" },
        { "AWS::MemoryDB::Cluster", "data in memory", "API memorydb DeleteCluster" },
        { "AWS::Neptune::DBCluster", "graph", "API neptune DeleteDBCluster" },
        { "AWS::Neptune::DBInstance", "an instance of it", "API neptune DeleteDBInstance" },
        { "AWS::NeptuneGraph::Graph", "graph", "API neptune-graph DeleteGraph" },
        { "AWS::OpenSearchServerless::Collection", "indexes", "API opensearchserverless DeleteCollection" },
        { "AWS::OpenSearchService::Domain", "indexes", "I3011" },
        { "AWS::Organizations::Account", "an account", "API organizations CloseAccount" },
        { "AWS::RDS::DBCluster", "databases", "I3011" },
        { "AWS::RDS::DBInstance", "databases", "I3011" },
        { "AWS::RDS::GlobalCluster", "what joins the clusters", "API rds DeleteGlobalCluster" },
        { "AWS::Redshift::Cluster", "databases", "API redshift DeleteCluster" },
        { "AWS::RedshiftServerless::Namespace", "databases", "API redshift-serverless DeleteNamespace" },
        { "AWS::Route53::HostedZone", "name servers", "API route53 CreateHostedZone: others each time" },
        { "AWS::S3::Bucket", "objects", "I3011" },
        { "AWS::S3::MultiRegionAccessPoint", "its alias", "API s3control DeleteMultiRegionAccessPoint" },
        { "AWS::S3Express::DirectoryBucket", "objects", "API s3 DeleteBucket" },
        { "AWS::S3Outposts::Bucket", "objects", "API s3control DeleteBucket" },
        { "AWS::S3Tables::Namespace", "tables", "API s3tables DeleteNamespace" },
        { "AWS::S3Tables::Table", "rows", "API s3tables DeleteTable" },
        { "AWS::S3Tables::TableBucket", "tables", "API s3tables DeleteTableBucket" },
        { "AWS::S3Vectors::Index", "vectors", "API s3vectors DeleteIndex" },
        { "AWS::S3Vectors::VectorBucket", "vectors", "API s3vectors DeleteVectorBucket" },
        { "AWS::SDB::Domain", "items", "I3011" },
        { "AWS::SQS::Queue", "messages", "I3011" },
        { "AWS::SSM::Parameter", "the value", "cdkd" },
        { "AWS::SageMaker::FeatureGroup", "features", "API sagemaker DeleteFeatureGroup" },
        { "AWS::SageMaker::NotebookInstance", "notebooks", "API sagemaker DeleteNotebookInstance" },
        { "AWS::SecretsManager::Secret", "the value", "I3011" },
        { "AWS::Timestream::Database", "tables", "API timestream-write DeleteDatabase" },
        { "AWS::Timestream::InfluxDBInstance", "series", "API timestream-influxdb DeleteDbInstance" },
        { "AWS::Timestream::Table", "series", "API timestream-write DeleteTable" },
        { "AWS::VerifiedPermissions::PolicyStore", "all policies", "API verifiedpermissions DeletePolicyStore" },
        { "AWS::WorkSpaces::Workspace", "the user's disk", "API workspaces TerminateWorkspaces" },
    };

    // People and programs that lose their access: nothing may stand in the way of that, least of all a question.
    public static TheoryData<string> Access => [.. Section("It lets somebody in")];

    [Theory]
    [MemberData(nameof(Held))]
    public void What_cannot_be_made_again_is_asked_about(string type, string what, string source)
    {
        Assert.NotEmpty(what + source);
        Assert.NotNull(ResourceSchemas.Shared.Find(type));
        Assert.True(Gone(type).DestroysData);
    }

    [Theory]
    [MemberData(nameof(Access))]
    public void Who_leaves_loses_access_without_a_question(string type) => Assert.False(Gone(type).DestroysData);

    [Theory]
    [InlineData("AWS::IAM::User", "Policies")]
    [InlineData("AWS::IAM::User", "LoginProfile")]
    [InlineData("AWS::IAM::User", "Groups")]
    [InlineData("AWS::IAM::AccessKey", "Status")]
    [InlineData("AWS::KMS::Key", "KeyPolicy")]
    [InlineData("AWS::S3::BucketPolicy", "PolicyDocument")]
    public void A_password_a_group_or_a_policy_goes_without_a_question(string type, string property) =>
        Assert.False(Changed(type, property, "something", null).DestroysData);

    [Fact]
    public void What_is_not_asked_about_is_written_down_with_a_reason()
    {
        var open = ResourceFacts.Types.Where(type => !ResourceFacts.Of(type).HoldsData).Order(StringComparer.Ordinal);
        Assert.Equal(open, TypesIn().Matches(Unguarded).Select(m => m.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Most_of_what_Amazon_publishes_is_asked_about_because_nobody_has_looked_at_it()
    {
        var open = ResourceSchemas.Shared.TypeNames.Where(type => !ResourceFacts.Of(type).HoldsData).ToList();
        Assert.Empty(open.Except(ResourceFacts.Types));
        Assert.True(ResourceSchemas.Shared.TypeNames.Count > 4 * open.Count);
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("true", true)]
    [InlineData(null, true)]
    public void An_instance_that_only_passes_packets_on_has_nothing_of_its_own(string? check, bool isHeld)
    {
        var properties = check is null ? new MapValue() : new MapValue { ["SourceDestCheck"] = check };
        Assert.Equal(isHeld, (Gone("AWS::EC2::Instance") with { Before = properties }).DestroysData);
    }

    // API rds ModifyDBInstance, logs PutRetentionPolicy, sqs SetQueueAttributes, dynamodb UpdateContinuousBackups, kinesis
    // DecreaseStreamRetentionPeriod: what is older goes.
    [Theory]
    [InlineData("AWS::RDS::DBInstance", "BackupRetentionPeriod", "7", "0", "its automated backups")]
    [InlineData("AWS::RDS::DBInstance", "BackupRetentionPeriod", "7", "3", "its automated backups of before")]
    [InlineData("AWS::RDS::DBInstance", "BackupRetentionPeriod", "7", null, "its automated backups of before")]
    [InlineData("AWS::RDS::DBInstance", "BackupRetentionPeriod", "7", "14", null)]
    [InlineData("AWS::RDS::DBInstance", "BackupRetentionPeriod", null, "7", null)]
    [InlineData("AWS::RDS::DBCluster", "BackupRetentionPeriod", "35", "1", "its automated backups of before")]
    [InlineData("AWS::Logs::LogGroup", "RetentionInDays", "30", "7", "the events of before")]
    [InlineData("AWS::Logs::LogGroup", "RetentionInDays", null, "365", "the events of before")]
    [InlineData("AWS::Logs::LogGroup", "RetentionInDays", "7", "30", null)]
    [InlineData("AWS::Logs::LogGroup", "RetentionInDays", "30", null, null)]
    [InlineData("AWS::SQS::Queue", "MessageRetentionPeriod", "1209600", "60", "the messages of before")]
    [InlineData("AWS::SQS::Queue", "MessageRetentionPeriod", null, "1209600", null)]
    [InlineData("AWS::DynamoDB::Table", "PointInTimeRecoverySpecification", "{}", null, "the points in time to go back to")]
    [InlineData("AWS::DynamoDB::Table", "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", "true", "false",
        "the points in time to go back to")]
    [InlineData("AWS::DynamoDB::Table", "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", "false", "true", null)]
    [InlineData("AWS::ElastiCache::ReplicationGroup", "SnapshotRetentionLimit", "5", null, "the automatic snapshots of before")]
    [InlineData("AWS::Kinesis::Stream", "RetentionPeriodHours", "168", "24", "the records of before")]
    [InlineData("AWS::Redshift::Cluster", "AutomatedSnapshotRetentionPeriod", "7", "0", "the automated snapshots of before")]
    public void A_shorter_memory_is_asked_about(string type, string path, string? before, string? after, string? lost)
    {
        var change = Changed(type, path, before, after);
        Assert.Equal((lost, lost is not null), (change.Lost, change.DestroysData));
    }

    private static ResourceChange Gone(string type) => new("It", type, ChangeKind.Delete, []);

    private static ResourceChange Changed(string type, string path, string? before, string? after) =>
        new("It", type, ChangeKind.Update, [new PropertyChange(path, before, after, ForcesReplacement: false)]);

    private static IEnumerable<string> Section(string title) =>
        TypesIn().Matches(Unguarded.Split("\n## ").Single(s => s.StartsWith(title, StringComparison.Ordinal))).Select(m => m.Value);

    [GeneratedRegex("^AWS::\\S+$", RegexOptions.Multiline)]
    private static partial Regex TypesIn();
}
