using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>AWS's zonal NAT gateways. Regional ones would replace deployed gateways and change their addresses.</summary>
internal static class ManagedNat
{
    public static void Build(BuildScope scope, NatGateway nat, StackBuilder stack)
    {
        var zones = scope.Environment!.AvailabilityZones;
        foreach (var zone in nat.Zones(zones))
            AddGateway(nat, stack, zone);
        foreach (var segment in nat.Routed)
        {
            var name = Names.LogicalId(Segment.NameOf(segment));
            for (var zone = 1; zone <= zones; zone++)
            {
                stack.Resource($"SegmentDefaultRoute{name}AZ{zone}", "AWS::EC2::Route", new MapValue
                {
                    ["DestinationCidrBlock"] = "0.0.0.0/0",
                    ["NatGatewayId"] = Fn.Ref($"NATGatewayAZ{nat.ServedFrom(zone)}"),
                    ["RouteTableId"] = stack.Input($"RouteTable{name}AZ{zone}", Segment.RouteTable(segment, zone)),
                });
            }
        }
    }

    private static void AddGateway(NatGateway nat, StackBuilder stack, int zone)
    {
        stack.Resource($"EIPAZ{zone}", "AWS::EC2::EIP", new MapValue { ["Domain"] = "vpc" });
        stack.Resource($"NATGatewayAZ{zone}", "AWS::EC2::NatGateway", new MapValue
        {
            ["AllocationId"] = Fn.GetAtt($"EIPAZ{zone}", "AllocationId"),
            ["SubnetId"] = stack.Input($"SubnetIdAZ{zone}", Segment.Subnet(nat.Segment!, zone)),
        });
        stack.Output($"NATGatewayPublicIpAZ{zone}", Fn.Ref($"EIPAZ{zone}"));
    }
}
