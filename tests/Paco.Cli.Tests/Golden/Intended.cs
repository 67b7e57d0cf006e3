using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Golden;

/// <summary>A difference on purpose: a pattern of the stack's name, one of what differs (both values after a bar), and why.</summary>
internal sealed record Intended(string Stack, string What, string Reason)
{
    public static readonly IReadOnlyList<Intended> All =
    [
        // New.
        new(".*", @"tag Paco-Project \| - -> ", "in an account of several projects a stack says whose it is"),

        new("Resource-CloudTrail-tools-cloudtrail-S3",
            @"ref \| resource\.s3\.buckets\.cloudtrail -> resource\.cloudtrail\.trails\.cloudtrail$",
            "the bucket belongs to the trail's scope; references to it are as before"),

        new(".*-pipeline-CodeBuild", @"resource CodeBuildLogGroup \| - -> ",
            "what builds print is kept as long as is said; CodeBuild's own group was nobody's and stayed for ever"),

        // Left out, because nothing is lost with it.
        new(".*", @"resource EmptyTemplatePlaceholder \| .* -> -$", "a placeholder is needed in an empty template only"),
        new(".*-Segments", @"resource (NACL|SubnetAZ\dNACL).* -> -$", "the network ACLs let everything pass, as the VPC's own does"),
        new(".*-(private|database)-Segments", @"resource RouteDefaultGWAZ\d .* -> -$",
            "their condition was false: only public segments have the route"),
        new(".*-Segments", @"parameter (IsPublicCondition|InternetGateway) .* -> -$", "conditions are decided when the template is made"),
        new(".*-Rules-SG", @"parameter VPC .* -> -$", "nothing read it"),
        new(".*-VPCPeering", @"parameter VpcId .* -> -$", "nothing read it: there is no peering"),
        new(".*-managed-NGW", @"parameter NATGatewayEnabled .* -> -$", "nothing read it"),
        new(".*-ALB", @"parameter (LBEnabled|LBHostedZoneId) .* -> -$", "nothing read it"),
        new(".*-pipeline-Code(Build|Deploy|Pipeline)", @"parameter \w+ \| literal -> -$", "what the files say stands in the template"),
        new(".*-pipeline-CodePipeline", @"parameter CodeDeployGroupName \| .* -> -$", "the group's name is known from the files"),
        new(".*-pipeline-(CodePipeline|codecommit-role-Role)", @"parameter InputSiteArn\w+ \| - -> literal$",
            "the repository's ARN waits for the repository"),
        new(".*-pipeline-codecommit-role-Role", @"parameter (CMKArn|InputKmsArn\w+) \| ", "another name for the same value"),
        new(".*-pipeline-CodePipeline", @"resource EventsRule(Role)? \| - -> ",
            "a push starts the pipeline; the original asked every minute"),
        new(".*-pipeline-CodeDeploy", @"resource CodeDeployGroup .* DeploymentGroupName \| .*-Group\} -> .*-Group$",
            "the same name, written out"),
        new(".*-pipeline-s3-policy-S3", @"(enabled \| True -> False|resource PipelineS3BucketPolicy \| .* -> -)$",
            "a bucket has one policy, and it is in the bucket's own stack"),
        new(".*-pipeline-NotificationRules", @"enabled \| True -> False$", "without events the stack holds nothing"),
        new(".*-vpc-Endpoints", @"enabled \| True -> False$", "without endpoints the stack holds nothing"),

        // What AWS no longer takes, or was wrong.
        new(".*-ASG", @"resource Launch(Configuration \| .* -> -|Template \| - -> .*)$",
            "AWS makes no new launch configurations; the group itself stays"),
        new(".*-ASG", @"parameter UserDataScript .* -> -$", "user data is part of the launch template"),
        new(".*-ec2-NGW", @"parameter (ImageId|InputApp\w+) \| - -> literal$", "the image and the key pair are looked up, not written out"),
        new(".*-ec2-NGW", @"resource EC2NATInstance1 AWS::EC2::Instance ImageId ",
            "the original's image is Amazon Linux 1; the instance is replaced once"),
        new(".*-ALB", @"parameter SSLCertificateId\w+ \| .*-cloud-cert\.(\w+) -> .*-cloud-cert-ACM\.\1$", "certificates are stacks now"),
        new(".*-LBApplication-Alarms", @"parameter DimensionResource \| (.*)LoadBalancerName -> \1LoadBalancerFullName$",
            "CloudWatch knows a load balancer by its full name only: the alarms never had data"),
        new(".*-cloud-cert-ACM", @"stack \| - -> ", "certificates are stacks now"),
        new(".*-eip-Policy", @"parameter EIPAllocationId \| - -> ", "the bastion may take its own address, not every one"),
        new(".*-BackupVaults-app", @"parameter ServiceRoleArn \| literal -> ", "the plans wait for the role that saves"),
        new(".*-BackupVaults-app", @"resource BackupVault DeletionPolicy \| Delete -> Retain$", "what was saved stays"),
        new(".*-BackupVaults-app", "resource BackupPlandatabaseSelection0 AWS::Backup::BackupSelection BackupSelection ",
            "all of the tags must be there, not one of them; AWS took no selection of the original's, for its name"),
        new(".*-RDS", @"resource PrimaryDBInstance DeletionPolicy \| Delete -> Snapshot$", "a database leaves a snapshot"),

        // The starter says something else than the original's did; an existing project keeps what it says.
        new(".*-RDS", @"resource DBParameterGroup .* Family \| mysql5\.7 -> mysql8\.4$", "MySQL 5.7 is out of support"),
        new("NE-mynet-prod-Net-(private|database)-Segments",
            @"resource SubnetAZ\d .* CidrBlock \| 10\.4\.[123]\.0/24 -> 10\.4\.[4-9]\.0/24$",
            "the three segments overlapped, which AWS refuses"),
        new("NE-mynet-prod-.*-pipeline-CodeDeploy",
            @"resource CodeDeployConfiguration .* MinimumHealthyHosts \| .*Value: 0\} -> .*Value: 1\}$",
            "of two production servers one stays in service"),
        new("NE-mynet-prod-App-app-site-web-ASG", @"parameter ASGSubnetList \| .*SubnetIdAZ1 -> .*SubnetIdList$",
            "the production servers stand in all zones"),
        new("NE-mynet-prod-App-app-external-ping-Route53HealthCheck", @"parameter FQDNEndpoint \| .*LoadBalancerDNSName -> literal$",
            "the domain itself is asked: the load balancer's own name tries none of its rules"),
        new("NE-mynet-prod-App-app-external-ping-Route53HealthCheck",
            @"resource Route53HealthCheckexternalping AWS::Route53::HealthCheck HealthCheckConfig ",
            "as the line above; protocol, interval and latency graphs, which replace the check, are the same"),
        new("NE-mynet-staging-Net-ec2-NGW", @"resource EC2NATInstance1 .* KeyName \| app-dev-.* -> app-staging-",
            "staging has its own key pair, not dev's of another account"),

        // More than before harms nobody.
        new(".*", @"output \w+ \| - -> ", "further outputs"),
    ];

    public bool Covers(Difference difference) =>
        Regex.IsMatch(difference.Stack, $"^{Stack}$")
        && Regex.IsMatch($"{difference.What} | {difference.Golden ?? "-"} -> {difference.Ours ?? "-"}", $"^{What}");
}
