using Paco.Sandbox.Made;
using Paco.Sandbox.Services.Backup;
using Paco.Sandbox.Services.CloudFormation;
using Paco.Sandbox.Services.CloudWatch;
using Paco.Sandbox.Services.Ecr;
using Paco.Sandbox.Services.Iam;
using Paco.Sandbox.Services.S3;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>All that the sandbox answers for.</summary>
internal static class ServiceList
{
    public static IReadOnlyList<IService> All { get; } =
    [
        new Sts(),
        new CloudFormationService(),
        new Ssm(),
        new Ec2(),
        new AutoScaling(),
        new S3Service(),
        new Route53(),
        new Acm(),
        new OrganizationsService(),
        new SecretsManager(),
        new Sns(),
        new CloudControl(),
        new CloudTrail(),
        new CloudWatchService(),
        new CodeCommit(),
        new CodeDeploy(),
        new CloudWatchLogs(),
        new IamService(),
        new BackupService(),
        new EcrService(),
        new Kms(),
        new CodePipeline(),
        new CodeBuild(),
        new EventBridge(),
        new CodeStarNotifications(),
        new CodeConnections("codeconnections", Connections.Type),
        new CodeConnections("codestar-connections", Connections.OlderType),
    ];
}
