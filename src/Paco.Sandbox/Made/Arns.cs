namespace Paco.Sandbox.Made;

/// <summary>ARNs in the forms of their services.</summary>
internal static class Arns
{
    /// <param name="id">The resource's name or id.</param>
    public static string Of(Making m, string id)
    {
        var (service, last) = m.Type.Split("::") is [_, var s, .., var l] ? (s, l) : ("custom", m.Type);
        return m.Type switch
        {
            "AWS::S3::Bucket" => $"arn:{m.Partition}:s3:::{id}",
            "AWS::IAM::ManagedPolicy" => Iam(m, "policy", id),
            "AWS::IAM::InstanceProfile" => Iam(m, "instance-profile", id),
            "AWS::IAM::OIDCProvider" =>
                $"arn:{m.Partition}:iam::{m.Account}:oidc-provider/{m.Text("Url")?.Replace("https://", "", StringComparison.Ordinal)}",
            _ when service == "IAM" => Iam(m, last.ToLowerInvariant(), id),
            "AWS::Route53::HostedZone" => $"arn:{m.Partition}:route53:::hostedzone/{id}",
            "AWS::Route53::HealthCheck" => $"arn:{m.Partition}:route53:::healthcheck/{id}",
            "AWS::CloudFront::Distribution" => $"arn:{m.Partition}:cloudfront::{m.Account}:distribution/{id}",
            "AWS::ElasticLoadBalancingV2::LoadBalancer" =>
                Arn(m, "elasticloadbalancing", $"loadbalancer/{LoadBalancerKind(m)}/{id}/{m.Seed.Hex(16)}"),
            "AWS::ElasticLoadBalancingV2::TargetGroup" => Arn(m, "elasticloadbalancing", $"targetgroup/{id}/{m.Seed.Hex(16)}"),
            "AWS::ElasticLoadBalancingV2::Listener" =>
                $"{m.Text("LoadBalancerArn")?.Replace(":loadbalancer/", ":listener/", StringComparison.Ordinal)}/{m.Seed.Hex(16)}",
            "AWS::ElasticLoadBalancingV2::ListenerRule" =>
                $"{m.Text("ListenerArn")?.Replace(":listener/", ":listener-rule/", StringComparison.Ordinal)}/{m.Seed.Hex(16)}",
            "AWS::SNS::Topic" => Arn(m, "sns", id),
            "AWS::SNS::Subscription" => $"{m.Text("TopicArn")}:{m.Seed.Uuid()}",
            "AWS::SQS::Queue" => Arn(m, "sqs", id[(id.LastIndexOf('/') + 1)..]),
            "AWS::SecretsManager::Secret" => Arn(m, "secretsmanager", $"secret:{id}-{m.Seed.Mixed(6)}"),
            "AWS::CertificateManager::Certificate" => Arn(m, "acm", $"certificate/{m.Seed.Uuid()}"),
            "AWS::Logs::LogGroup" => Arn(m, "logs", $"log-group:{id}:*"),
            "AWS::CloudWatch::Alarm" or "AWS::CloudWatch::CompositeAlarm" => Arn(m, "cloudwatch", $"alarm:{id}"),
            "AWS::CloudWatch::Dashboard" => $"arn:{m.Partition}:cloudwatch::{m.Account}:dashboard/{id}",
            "AWS::RDS::DBInstance" => Arn(m, "rds", $"db:{id}"),
            "AWS::RDS::DBCluster" => Arn(m, "rds", $"cluster:{id}"),
            "AWS::Lambda::Function" => Arn(m, "lambda", $"function:{id}"),
            "AWS::CodeCommit::Repository" => Arn(m, "codecommit", m.Text("RepositoryName") ?? id),
            "AWS::CodePipeline::Pipeline" => Arn(m, "codepipeline", id),
            "AWS::CodeBuild::Project" => Arn(m, "codebuild", $"project/{id}"),
            "AWS::Backup::BackupVault" => Arn(m, "backup", $"backup-vault:{id}"),
            "AWS::Backup::BackupPlan" => Arn(m, "backup", $"backup-plan:{id}"),
            "AWS::CloudTrail::Trail" => Arn(m, "cloudtrail", $"trail/{id}"),
            "AWS::AutoScaling::AutoScalingGroup" => Arn(m, "autoscaling", $"autoScalingGroup:{m.Seed.Uuid()}:autoScalingGroupName/{id}"),
            "AWS::Events::Rule" => Arn(m, "events", $"rule/{id}"),
            "AWS::EFS::FileSystem" => Arn(m, "elasticfilesystem", $"file-system/{id}"),
            "AWS::EC2::SecurityGroup" => Arn(m, "ec2", $"security-group/{id}"),
            _ => Arn(m, service.ToLowerInvariant(), $"{last.ToLowerInvariant()}/{id}"),
        };
    }

    public static string LoadBalancerKind(Making m) => m.Text("Type") switch { "network" => "net", "gateway" => "gwy", _ => "app" };

    private static string Arn(Making m, string service, string resource) =>
        $"arn:{m.Partition}:{service}:{m.Region}:{m.Account}:{resource}";

    private static string Iam(Making m, string kind, string id) => $"arn:{m.Partition}:iam::{m.Account}:{kind}{m.Text("Path") ?? "/"}{id}";
}
