namespace Paco.Aws;

/// <summary>
/// A service as endpoints and signatures name it. <paramref name="Id"/> is AWS's service id (<c>Route 53</c>), which makes the
/// names of its settings; <paramref name="Prefix"/> its host name's first label and its name in a signature.
/// </summary>
internal sealed record AwsService(string Id, string Prefix)
{
    public static readonly AwsService CloudFormation = new("CloudFormation", "cloudformation");
    public static readonly AwsService Sts = new("STS", "sts");
    public static readonly AwsService Ec2 = new("EC2", "ec2");
    public static readonly AwsService AutoScaling = new("Auto Scaling", "autoscaling");
    public static readonly AwsService Ssm = new("SSM", "ssm");
    public static readonly AwsService S3 = new("S3", "s3");
    public static readonly AwsService Route53 = new("Route 53", "route53");
    public static readonly AwsService Acm = new("ACM", "acm");
    public static readonly AwsService Iam = new("IAM", "iam");
    public static readonly AwsService CloudControl = new("CloudControl", "cloudcontrolapi");
    public static readonly AwsService Sns = new("SNS", "sns");
    public static readonly AwsService CloudWatch = new("CloudWatch", "monitoring") { PermissionPrefix = "cloudwatch" };
    public static readonly AwsService CloudWatchLogs = new("CloudWatch Logs", "logs");
    public static readonly AwsService Backup = new("Backup", "backup");
    public static readonly AwsService Ecr = new("ECR", "ecr") { HostLabel = "api.ecr" };
    public static readonly AwsService CodeConnections = new("CodeConnections", "codeconnections");
    public static readonly AwsService CodeStarConnections = new("CodeStar connections", "codestar-connections");
    public static readonly AwsService Organizations = new("Organizations", "organizations");
    public static readonly AwsService SecretsManager = new("Secrets Manager", "secretsmanager");
    public static readonly AwsService Sso = new("SSO", "sso") { HostLabel = "portal.sso" };
    public static readonly AwsService SsoOidc = new("SSO OIDC", "sso-oidc") { HostLabel = "oidc" };

    /// <summary>How its host name begins, where that is not its prefix.</summary>
    public string HostLabel { get => field ?? Prefix; private init; }

    /// <summary>How permissions for it begin, where that is not its prefix.</summary>
    public string PermissionPrefix { get => field ?? Prefix; private init; }

    /// <summary><c>AWS_ENDPOINT_URL_ROUTE_53</c>.</summary>
    public string EndpointVariable => $"AWS_ENDPOINT_URL_{Id.Replace(' ', '_').ToUpperInvariant()}";

    /// <summary><c>route_53</c>, as a profile's services section spells it.</summary>
    public string ProfileKey => Id.Replace(' ', '_').ToLowerInvariant();
}
