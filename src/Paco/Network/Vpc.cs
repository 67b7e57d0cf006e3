using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>A VPC with its gateway and everything in it.</summary>
public sealed class Vpc(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public bool Enabled { get; } = f.Enabled(false);

    public string Cidr { get; } = f.Text("cidr", "Its IPv4 range.", "", Binding.Check.Cidr4);

    public bool EnableDnsHostnames { get; } = f.Flag("enable_dns_hostnames", "Give instances DNS names.", false);

    public bool EnableDnsSupport { get; } = f.Flag("enable_dns_support", "Resolve names inside the VPC.", false);

    public bool EnableInternetGateway { get; } = f.Flag("enable_internet_gateway", "Connect it to the internet.", false);

    internal void Build(BuildScope scope)
    {
        var stack = scope.Stack(this, "VPC", "vpc");
        stack.Resource("VPC", "AWS::EC2::VPC", new MapValue
        {
            ["CidrBlock"] = stack.Parameter("CidrBlock", Cidr),
            ["EnableDnsSupport"] = stack.Parameter("EnableDnsSupport", EnableDnsSupport ? "true" : "false"),
            ["EnableDnsHostnames"] = stack.Parameter("EnableDnsHostnames", EnableDnsHostnames ? "true" : "false"),
        });
        stack.Output("VPC", Fn.Ref("VPC"), Path, $"{Path}.id");
        if (EnableInternetGateway)
        {
            stack.Resource("InternetGateway", "AWS::EC2::InternetGateway", []);
            stack.Resource("InternetGatewayAttachment", "AWS::EC2::VPCGatewayAttachment", new MapValue
            {
                ["InternetGatewayId"] = Fn.Ref("InternetGateway"),
                ["VpcId"] = Fn.Ref("VPC"),
            });
            stack.Output("InternetGateway", Fn.Ref("InternetGateway"), $"{Path}.internet_gateway");
        }
        stack.Done();
    }
}
