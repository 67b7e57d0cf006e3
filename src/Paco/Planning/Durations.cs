using Paco.CloudFormation;

namespace Paco.Planning;

/// <summary>
/// How long CloudFormation takes for a resource, by experience and in orders of magnitude: seconds for a role, two minutes for
/// a load balancer, ten for a database. Estimates are made of it, and the sandbox takes this time where it is asked to.
/// </summary>
public static class Durations
{
    private const double LongestDeletion = 300;
    private const double Import = 5;

    /// <summary>Seconds that making a resource takes; what is not listed takes five.</summary>
    public static double Seconds(string type) => type switch
    {
        "AWS::RDS::DBInstance" or "AWS::RDS::DBCluster" => 600,
        "AWS::ElastiCache::ReplicationGroup" or "AWS::ElastiCache::CacheCluster" => 480,
        "AWS::OpenSearchService::Domain" or "AWS::Elasticsearch::Domain" => 900,
        "AWS::CloudFront::Distribution" => 240,
        "AWS::EKS::Cluster" => 600,
        "AWS::EC2::NatGateway" => 110,
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => 130,
        "AWS::AutoScaling::AutoScalingGroup" => 180,
        "AWS::IAM::InstanceProfile" => 125,
        "AWS::CertificateManager::Certificate" => 60,
        "AWS::EFS::MountTarget" => 90,
        "AWS::EC2::Instance" => 40,
        "AWS::Route53::RecordSet" or "AWS::Route53::RecordSetGroup" or "AWS::Route53::HostedZone" => 40,
        "AWS::KMS::Key" => 30,
        "AWS::S3::Bucket" => 22,
        "AWS::IAM::Role" or "AWS::IAM::ManagedPolicy" or "AWS::IAM::Policy" or "AWS::IAM::User" => 18,
        "AWS::EC2::VPC" or "AWS::EC2::InternetGateway" or "AWS::EC2::EIP" => 15,
        "AWS::CloudFormation::WaitConditionHandle" => 1,
        _ => 5,
    };

    /// <summary>A change takes half of a creation, a deletion never more than five minutes, taking over what exists a few seconds.</summary>
    public static TimeSpan Of(string type, ChangeKind kind) => TimeSpan.FromSeconds(kind switch
    {
        ChangeKind.Create or ChangeKind.Replace => Seconds(type),
        ChangeKind.Update => Seconds(type) / 2,
        ChangeKind.Import => Import,
        ChangeKind.Delete => Math.Min(LongestDeletion, Seconds(type)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such change"),
    });
}
