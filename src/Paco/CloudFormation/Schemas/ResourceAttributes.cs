using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Paco.CloudFormation.Schemas;

/// <summary>What <c>Fn::GetAtt</c> can read: the read-only properties, and for older types more.</summary>
internal static class ResourceAttributes
{
    private const string NestedStack = "AWS::CloudFormation::Stack";
    private const string ProvisionedProduct = "AWS::ServiceCatalog::CloudFormationProvisionedProduct";
    private const string CustomResource = "AWS::CloudFormation::CustomResource";

    public static ImmutableArray<string> Of(ResourceSchema schema)
    {
        var readOnly = schema.ReadOnly.Where(path => !path.Contains('*', StringComparison.Ordinal));
        var more = AlsoWritten.Contains(schema.TypeName) ? schema.Properties.Where(name => IsValue(schema, name)) : [];
        return [.. readOnly.Concat(more).Select(path => path.Replace('/', '.')).Distinct().Order(StringComparer.Ordinal)];
    }

    public static bool Has(ResourceSchema schema, string attribute) =>
        schema.Attributes.Contains(attribute)
        || schema.TypeName == CustomResource
        || (schema.TypeName is NestedStack or ProvisionedProduct && attribute.StartsWith("Outputs.", StringComparison.Ordinal));

    public static string? TypeOf(ResourceSchema schema, string attribute) =>
        !Has(schema, attribute) ? null
        : attribute.StartsWith("Outputs.", StringComparison.Ordinal) ? "string"
        : Name(Types(schema, attribute.Split('.')));

    private static bool IsValue(ResourceSchema schema, string name) => !Types(schema, [name]).HasFlag(JsonTypes.Object);

    internal static JsonTypes Types(ResourceSchema schema, IEnumerable<string> path) =>
        ShapeBook.Chain(schema.Shapes.At(path)).Aggregate(JsonTypes.None, (types, shape) => types | shape.Types);

    private static string? Name(JsonTypes types) =>
        types.HasFlag(JsonTypes.String) ? "string"
        : types.HasFlag(JsonTypes.Integer) ? "integer"
        : types.HasFlag(JsonTypes.Number) ? "number"
        : types.HasFlag(JsonTypes.Boolean) ? "boolean"
        : types.HasFlag(JsonTypes.Array) ? "array"
        : types.HasFlag(JsonTypes.Object) ? "object"
        : null;

    /// <summary>Older types, whose written properties can be read as well (as cfn-lint 1.51 lists them, MIT-0).</summary>
    private static readonly FrozenSet<string> AlsoWritten = FrozenSet.Create(
        StringComparer.Ordinal,
        "AWS::Amplify::Branch",
        "AWS::Amplify::Domain",
        "AWS::AppSync::DomainName",
        "AWS::AppSync::FunctionConfiguration",
        "AWS::AppSync::Resolver",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::Backup::BackupSelection",
        "AWS::Backup::BackupVault",
        "AWS::Backup::LogicallyAirGappedBackupVault",
        "AWS::CodeArtifact::Domain",
        "AWS::CodeArtifact::Repository",
        "AWS::EC2::CapacityReservation",
        "AWS::EC2::Instance",
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::Subnet",
        "AWS::EC2::VPC",
        "AWS::EFS::MountTarget",
        "AWS::EKS::Nodegroup",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::EventSchemas::Discoverer",
        "AWS::EventSchemas::Registry",
        "AWS::EventSchemas::Schema",
        "AWS::Events::EventBus",
        "AWS::GameLift::GameSessionQueue",
        "AWS::GameLift::MatchmakingConfiguration",
        "AWS::GameLift::MatchmakingRuleSet",
        "AWS::Grafana::Workspace",
        "AWS::Greengrass::ConnectorDefinition",
        "AWS::Greengrass::CoreDefinition",
        "AWS::Greengrass::DeviceDefinition",
        "AWS::Greengrass::FunctionDefinition",
        "AWS::Greengrass::Group",
        "AWS::Greengrass::LoggerDefinition",
        "AWS::Greengrass::ResourceDefinition",
        "AWS::Greengrass::SubscriptionDefinition",
        "AWS::ImageBuilder::Component",
        "AWS::ImageBuilder::ContainerRecipe",
        "AWS::ImageBuilder::DistributionConfiguration",
        "AWS::ImageBuilder::ImagePipeline",
        "AWS::ImageBuilder::ImageRecipe",
        "AWS::ImageBuilder::InfrastructureConfiguration",
        "AWS::ManagedBlockchain::Node",
        "AWS::Neptune::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::RDS::DBParameterGroup",
        "AWS::RedshiftServerless::Workgroup",
        "AWS::RoboMaker::RobotApplication",
        "AWS::RoboMaker::SimulationApplication",
        "AWS::Route53Resolver::ResolverRule",
        "AWS::Route53Resolver::ResolverRuleAssociation",
        "AWS::S3::AccessPoint",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::SSM::Parameter",
        "AWS::SageMaker::DataQualityJobDefinition",
        "AWS::SageMaker::ModelBiasJobDefinition",
        "AWS::SageMaker::ModelExplainabilityJobDefinition",
        "AWS::SageMaker::ModelQualityJobDefinition",
        "AWS::SageMaker::MonitoringSchedule",
        "AWS::StepFunctions::Activity");
}
