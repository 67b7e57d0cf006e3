namespace Paco.Sandbox.Tests;

/// <summary>Attributes whose values other resources give (User Guide: return values of AWS::EC2::VPC, Subnet, NetworkInterface).</summary>
public sealed class FilledAttributeTests
{
    [Fact]
    public async Task The_blocks_of_a_network_are_those_that_others_gave_it()
    {
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("net", """
            Resources:
              Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              Six: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true}}
              More: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/16}}
              Subnet:
                Type: AWS::EC2::Subnet
                DependsOn: [Six, More]
                Properties:
                  VpcId: !Ref Vpc
                  CidrBlock: 10.0.1.0/24
                  Ipv6CidrBlock: !Select [1, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 4, 64]]
            Outputs:
              Block: {Value: !Select [0, !GetAtt Vpc.Ipv6CidrBlocks]}
              Associations: {Value: !Join ["|", !GetAtt Vpc.CidrBlockAssociations]}
              OfSubnet: {Value: !Join ["|", !GetAtt Subnet.Ipv6CidrBlocks]}
            """));

        var block = await bench.Output("net", "Block");
        Assert.Matches("^2600:1f[0-9a-f]{2}:[0-9a-f]{4}:[0-9a-f]{2}00::/56$", block);
        Assert.Equal(block.Replace("00::/56", "01::/64", StringComparison.Ordinal), await bench.Output("net", "OfSubnet"));
        var associations = (await bench.Output("net", "Associations")).Split('|');
        Assert.Equal(2, associations.Length);
        Assert.Equal(await bench.Physical("net", "More"), associations[1]);
        Assert.Equal([block], (await bench.Properties("AWS::EC2::VPC", await bench.Physical("net", "Vpc")))["Ipv6CidrBlocks"]!
            .AsArray().Select(b => b!.ToString()));
    }

    [Fact]
    public async Task A_subnet_reads_the_block_that_was_associated_with_it()
    {
        await using var bench = new Bench();
        await bench.Create("net", """
            Resources:
              Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
              Six: {Type: AWS::EC2::SubnetCidrBlock, Properties: {SubnetId: !Ref Subnet, Ipv6CidrBlock: "2600:1f14:1:100::/64"}}
              Kept:
                Type: AWS::SSM::Parameter
                DependsOn: Six
                Properties: {Type: String, Value: !Select [0, !GetAtt Subnet.Ipv6CidrBlocks]}
            """);
        Assert.Equal("CREATE_COMPLETE", await bench.Status("net"));
        Assert.Equal("2600:1f14:1:100::/64",
            (await bench.Properties("AWS::SSM::Parameter", await bench.Physical("net", "Kept")))["Value"]!.ToString());
    }

    [Fact]
    public async Task A_network_without_a_block_has_none_to_select()
    {
        await using var bench = new Bench();
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("net", """
            Resources:
              Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              Subnet:
                Type: AWS::EC2::Subnet
                Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, Ipv6CidrBlock: !Select [0, !GetAtt Vpc.Ipv6CidrBlocks]}
            """));
        Assert.Contains(await bench.Events("net"), e => e.StartsWith(
            "Subnet CREATE_FAILED Template error: Fn::Select cannot select nonexistent value at index 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_interface_has_as_many_further_addresses_as_it_asked_for_and_keeps_them()
    {
        const string Template = """
            Parameters: {Count: {Type: Number, Default: 2}}
            Resources:
              Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/28}}
              Card: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref Subnet, SecondaryPrivateIpAddressCount: !Ref Count}}
            Outputs:
              First: {Value: !GetAtt Card.PrimaryPrivateIpAddress}
              Others: {Value: !Join [",", !GetAtt Card.SecondaryPrivateIpAddresses]}
            """;
        await using var bench = new Bench();
        await bench.Create("net", Template);
        var (first, others) = (await bench.Output("net", "First"), (await bench.Output("net", "Others")).Split(','));
        Assert.Equal(2, others.Length);
        Assert.Equal(3, others.Append(first).Distinct().Count(a => a.StartsWith("10.0.1.", StringComparison.Ordinal)));

        await bench.Update("net", Template, "Parameters.member.1.ParameterKey=Count", "Parameters.member.1.ParameterValue=4");
        var more = (await bench.Output("net", "Others")).Split(',');
        Assert.Equal(4, more.Length);
        Assert.Equal(others, more[..2]);
        Assert.DoesNotContain(first, more);
    }
}
