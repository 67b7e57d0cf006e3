namespace Paco.Sandbox;

/// <summary>How long a resource takes to be made, changed or deleted on the cloud's clock.</summary>
public sealed class Pace
{
    private readonly double factor;

    private Pace(double factor) => this.factor = factor;

    /// <summary>Every step is due at once: an operation is complete at the look after the call that started it.</summary>
    public static Pace Instant { get; } = new(0);

    /// <summary>Orders of magnitude as on AWS: seconds for a role, minutes for a load balancer, ten for a database.</summary>
    public static Pace Realistic { get; } = new(1);

    /// <summary><see cref="Realistic"/> times a factor; 0.01 makes a ten-minute database one of six seconds.</summary>
    public static Pace Scaled(double factor) =>
        factor >= 0 && double.IsFinite(factor) ? new(factor) : throw new ArgumentOutOfRangeException(nameof(factor));

    /// <summary>The time one resource of a type takes; a change takes half of a creation.</summary>
    /// <param name="type">A CloudFormation resource type.</param>
    /// <param name="action">Making, changing or deleting.</param>
    public TimeSpan For(string type, ResourceAction action)
    {
        var seconds = Seconds(type);
        var part = action switch { ResourceAction.Create => 1.0, ResourceAction.Update => 0.5, _ => Math.Min(1.0, 300.0 / seconds) };
        return TimeSpan.FromMilliseconds(Math.Round(seconds * part * factor * 1000));
    }

    /// <summary>Seconds a creation takes, by experience; what is not listed takes five.</summary>
    private static double Seconds(string type) => type switch
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
}

/// <summary>What is done to a resource.</summary>
public enum ResourceAction
{
    Create,
    Update,
    Delete,
}
