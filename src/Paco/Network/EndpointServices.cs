using System.Collections.Frozen;
using Paco.Clouds;

namespace Paco.Network;

/// <summary>
/// What AWS's services are called as the other end of a VPC endpoint: <c>com.amazonaws.REGION.SERVICE</c>. In China and
/// in the European partition many, not all, have the partition's own domain turned round in front: <c>cn.com.amazonaws</c>,
/// <c>eu.amazonaws</c>. Source: DescribeVpcEndpointServices of the regions, as aws-cdk-lib and the services' own pages hand it on; gateways
/// have the common name.
/// </summary>
internal static class EndpointServices
{
    private static readonly FrozenSet<string> OwnInChina = new[]
    {
        "account", "application-autoscaling", "appmesh-envoy-management", "athena", "autoscaling", "awsconnector", "backup", "batch",
        "cassandra",
        "cloudcontrolapi", "cloudformation", "codedeploy-commands-secure", "databrew", "dms", "ebs", "ec2", "ecr.api", "ecr.dkr", "eks",
        "elasticache",
        "elasticbeanstalk", "elasticfilesystem", "elasticfilesystem-fips", "emr-containers", "execute-api", "fsx", "imagebuilder",
        "iot.data",
        "iotsitewise.api", "iotsitewise.data", "kinesis-streams", "lambda", "license-manager", "monitoring", "polly", "rds", "redshift",
        "redshift-data",
        "s3", "sagemaker.api", "sagemaker.featurestore-runtime", "sagemaker.runtime", "securityhub", "servicecatalog", "sms", "sqs",
        "states", "sts",
        "sync-states", "synthetics", "transcribe", "transcribestreaming", "transfer", "workspaces", "xray",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> OwnInEurope = new[] { "ecr.api", "ecr.dkr", "execute-api", "securityhub" }.ToFrozenSet();

    public static string Name(string service, string region, bool isGateway)
    {
        var partition = Partition.Of(region);
        var own = partition == Partition.China ? OwnInChina : partition == Partition.Sovereign ? OwnInEurope : [];
        var isOwn = !isGateway && own.Contains(service);
        // The one that also says its country at the end.
        var end = partition == Partition.China && service == "transcribe" ? ".cn" : "";
        return $"{Turned(isOwn ? partition.Domain : Partition.Standard.Domain)}.{region}.{service}{end}";
    }

    private static string Turned(string domain) => string.Join('.', domain.Split('.').Reverse());
}
