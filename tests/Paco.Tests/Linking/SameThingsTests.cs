using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Tests.Linking;

/// <summary>What AWS lets stand once is found twice before anything is deployed, in whichever stacks it stands.</summary>
public sealed class SameThingsTests
{
    private readonly DiagnosticBag _bag = new();

    // API elbv2 DuplicateListener and PriorityInUse, ec2 InvalidSubnet.Conflict, RouteAlreadyExists, efs MountTargetConflict;
    // a secret has one attachment (practice).
    [Theory]
    [InlineData("AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn=b,Port=80", "LoadBalancerArn=b,Port=80,Protocol=HTTP", "Port 80")]
    [InlineData("AWS::ElasticLoadBalancingV2::ListenerRule", "ListenerArn=l,Priority=1", "ListenerArn=l,Priority=1", "Priority 1")]
    [InlineData("AWS::EC2::Subnet", "VpcId=v,CidrBlock=10.0.0.0/16", "VpcId=v,CidrBlock=10.0.7.0/24", "CidrBlock 10.0.7.0/24")]
    [InlineData("AWS::EC2::Subnet", "VpcId=v,CidrBlock=10.0.7.9/24", "VpcId=v,CidrBlock=10.0.0.0/16", "CidrBlock 10.0.0.0/16")]
    [InlineData("AWS::EC2::Route", "RouteTableId=t,DestinationCidrBlock=0.0.0.0/0,GatewayId=g",
        "RouteTableId=t,DestinationCidrBlock=0.0.0.0/0,NatGatewayId=n", "DestinationCidrBlock 0.0.0.0/0")]
    [InlineData("AWS::EC2::NetworkAclEntry", "NetworkAclId=a,RuleNumber=100", "NetworkAclId=a,RuleNumber=100,Egress=false",
        "RuleNumber 100")]
    [InlineData("AWS::EC2::SecurityGroupIngress", "GroupId=g,IpProtocol=TCP,FromPort=80,ToPort=80,CidrIp=0.0.0.0/0",
        "GroupId=g,IpProtocol=6,FromPort=80,ToPort=80,CidrIp=0.0.0.0/0,Description=again", "CidrIp 0.0.0.0/0")]
    [InlineData("AWS::SecretsManager::SecretTargetAttachment", "SecretId=s,TargetId=a", "SecretId=s,TargetId=b", "SecretId s")]
    [InlineData("AWS::RDS::DBInstance", "DBInstanceIdentifier=Shop", "DBInstanceIdentifier=shop", "DBInstanceIdentifier shop")]
    public void What_there_can_be_one_of_is_found_in_two_stacks(string type, string one, string other, string what)
    {
        Check((Here, type, one), (Here, type, other));
        Assert.Contains(what, Assert.Single(Twice()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn=b,Port=80", "LoadBalancerArn=c,Port=80")]
    [InlineData("AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn=b,Port=80", "LoadBalancerArn=b,Port=81")]
    [InlineData("AWS::EC2::Subnet", "VpcId=v,CidrBlock=10.0.0.0/24", "VpcId=v,CidrBlock=10.0.1.0/24")]
    [InlineData("AWS::EC2::Subnet", "VpcId=v,CidrBlock=10.0.0.0/24", "VpcId=w,CidrBlock=10.0.0.0/24")]
    [InlineData("AWS::EC2::NetworkAclEntry", "NetworkAclId=a,RuleNumber=100", "NetworkAclId=a,RuleNumber=100,Egress=true")]
    [InlineData("AWS::EC2::NetworkInterface", "SubnetId=s", "SubnetId=s")]
    // It gives the first again: a second is no failure, and a topic may be written to by two.
    [InlineData("AWS::SNS::Subscription", "TopicArn=t,Protocol=email,Endpoint=a@example.com",
        "TopicArn=t,Protocol=email,Endpoint=a@example.com")]
    public void What_differs_where_AWS_looks_may_stand_side_by_side(string type, string one, string other)
    {
        Check((Here, type, one), (Here, type, other));
        Assert.Empty(Twice());
    }

    [Theory]
    [InlineData("AWS::RDS::DBInstance", "DBInstanceIdentifier=shop", 0)]
    [InlineData("AWS::IAM::Role", "RoleName=shop", 1)]
    [InlineData("AWS::S3::Bucket", "BucketName=shop", 1)]
    public void Another_region_counts_as_far_as_the_service_knows_regions(string type, string properties, int found)
    {
        Check((Here, type, properties), (new Place("dev", "eu-west-1"), type, properties));
        Assert.Equal(found, Twice().Count());
    }

    [Theory]
    [InlineData("AWS::IAM::Role", "RoleName=shop", 0)]
    [InlineData("AWS::S3::Bucket", "BucketName=shop", 1)]
    public void Another_account_counts_for_buckets_only(string type, string properties, int found)
    {
        Check((Here, type, properties), (new Place("prod", "us-west-2"), type, properties));
        Assert.Equal(found, Twice().Count());
    }

    // The same load balancer, by a Ref in its own stack and by a parameter in another.
    [Fact]
    public void One_thing_is_one_thing_by_whatever_way_it_comes_into_a_template()
    {
        var build = new BuildContext("", _bag, new ObjectIndex());
        var first = Stack(build, Here, "first");
        first.Resource("Balancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", new MapValue { ["Name"] = "shop" });
        first.Resource("Plain", "AWS::ElasticLoadBalancingV2::Listener", new MapValue
        {
            ["LoadBalancerArn"] = Fn.Ref("Balancer"), ["Port"] = 80,
        });
        first.Output("Arn", Fn.Ref("Balancer"), "a.balancer.arn");
        var second = Stack(build, Here, "second");
        second.Resource("Other", "AWS::ElasticLoadBalancingV2::Listener", new MapValue
        {
            ["LoadBalancerArn"] = second.Input("Balancer", new Ref("a.balancer.arn", "a.balancer.arn", default)), ["Port"] = 80,
        });
        TemplateChecks.Check(Linker.Link(build).Stacks, null, _bag);
        Assert.StartsWith("Other and Plain", Assert.Single(Twice()), StringComparison.Ordinal);
    }

    private static readonly Place Here = new("dev", "us-west-2");

    private IEnumerable<string> Twice() => _bag.ToSorted().Where(d => d.Code == StackCodes.NameTaken).Select(d => d.Message);

    private static StackBuilder Stack(BuildContext build, Place place, string name) =>
        build.Stack(new NodeId(place, name), "netenv.mynet.dev", name, true, default);

    private void Check(params (Place Place, string Type, string Properties)[] things)
    {
        var build = new BuildContext("", _bag, new ObjectIndex());
        foreach (var (i, thing) in things.Index())
        {
            Stack(build, thing.Place, $"stack{i}").Resource("Thing", thing.Type,
                MapValue.Of(thing.Properties.Split(',').Select(p => p.Split('=')), p => p[0], p => p[1]));
        }
        TemplateChecks.Check(Linker.Link(build).Stacks, null, _bag);
    }
}
