using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Tests.Planning;

/// <summary>Ports in the security summary of a plan.</summary>
public class PortTests
{
    [Fact]
    public void A_rule_that_is_narrowed_is_one_rule_less_and_one_more() => Assert.Equal(
        [
            "+ sg Bastion  ingress tcp/22 from 203.0.113.7/32",
            "- sg Bastion  ingress tcp/22 from 0.0.0.0/0  (was open to the internet)",
        ],
        SecurityPage.Lines(Rule("tcp", 22, 22, "CidrIp: 0.0.0.0/0"), Rule("tcp", 22, 22, "CidrIp: 203.0.113.7/32")));

    [Theory]
    [InlineData("tcp", 22, 22, "CidrIp: 0.0.0.0/0", "ingress tcp/22 from 0.0.0.0/0  (open to the internet)")]
    [InlineData("tcp", 22, 22, "CidrIpv6: ::/0", "ingress tcp/22 from ::/0  (open to the internet)")]
    [InlineData("tcp", 22, 22, "CidrIp: 128.0.0.0/1", "ingress tcp/22 from 128.0.0.0/1  (open to the internet)")]
    [InlineData("tcp", 22, 22, "CidrIp: 10.0.0.0/8", "ingress tcp/22 from 10.0.0.0/8")]
    [InlineData("tcp", 443, 443, "CidrIp: 0.0.0.0/0", "ingress tcp/443 from 0.0.0.0/0")]
    [InlineData("6", 80, 80, "CidrIp: 0.0.0.0/0", "ingress tcp/80 from 0.0.0.0/0")]
    [InlineData("tcp", 80, 443, "CidrIp: 0.0.0.0/0", "ingress tcp/80-443 from 0.0.0.0/0  (open to the internet)")]
    [InlineData("\"-1\"", 443, 443, "CidrIp: 0.0.0.0/0", "ingress everything from 0.0.0.0/0  (open to the internet)")]
    [InlineData("icmp", 8, -1, "CidrIp: 10.0.0.0/16", "ingress icmp/8 from 10.0.0.0/16")]
    [InlineData("udp", 500, 600, "SourceSecurityGroupId: !Ref Other", "ingress udp/500-600 from sg Other")]
    [InlineData("tcp", 443, 443, "SourcePrefixListId: pl-1234", "ingress tcp/443 from pl-1234")]
    public void A_new_rule(string protocol, int from, int to, string peer, string line) =>
        Assert.Equal([$"+ sg Bastion  {line}"], SecurityPage.Lines("", Rule(protocol, from, to, peer)));

    [Fact]
    public void A_way_out_to_everywhere_is_said_and_not_called_dangerous() => Assert.Equal(
        ["+ sg Web  egress everything to 0.0.0.0/0"],
        SecurityPage.Lines("",
            "Out: { Type: AWS::EC2::SecurityGroupEgress, Properties: { GroupId: !GetAtt Web.GroupId, IpProtocol: -1, CidrIp: 0.0.0.0/0 } }"));

    [Fact]
    public void Of_rules_in_a_list_only_the_one_that_changes_is_told() => Assert.Equal(
        ["+ sg web  ingress tcp/3306 from 0.0.0.0/0  (open to the internet)"],
        SecurityPage.Lines(Group("{ IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }"), Group(
            "{ IpProtocol: tcp, FromPort: 3306, ToPort: 3306, CidrIp: 0.0.0.0/0 }, { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }")));

    [Fact]
    public void A_rule_under_another_logical_id_is_the_same_rule() => Assert.Empty(
        SecurityPage.Lines(Rule("tcp", 22, 22, "CidrIp: 10.0.0.0/8"),
            Rule("tcp", 22, 22, "CidrIp: 10.0.0.0/8").Replace("Ssh:", "Other:", StringComparison.Ordinal)));

    [Fact]
    public void A_description_opens_nothing() => Assert.Empty(
        SecurityPage.Lines(Rule("tcp", 22, 22, "CidrIp: 10.0.0.0/8"), Rule("tcp", 22, 22, "CidrIp: 10.0.0.0/8, Description: for us")));

    [Fact]
    public void A_replaced_group_keeps_its_rules() => Assert.Empty(SecurityPage.Lines(
        Rule("tcp", 22, 22, "CidrIp: 10.0.0.0/8") + "\nBastion: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: old } }",
        Rule("tcp", 22, 22, "CidrIp: 10.0.0.0/8") + "\nBastion: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: new } }"));

    [Fact]
    public void A_rule_that_is_retained_stays_open() => Assert.Empty(SecurityPage.Lines(
        "Ssh: { Type: AWS::EC2::SecurityGroupIngress, DeletionPolicy: Retain, Properties: { GroupId: !Ref Bastion, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 } }", ""));

    [Fact]
    public void A_group_that_is_made_in_the_same_run_has_its_name()
    {
        var groups = new NodeId(new Place("dev", "us-west-2"), "NE-mynet-dev-Net-Vpc-SG-bastion");
        var page = new SecurityPage("", Rule("tcp", 22, 22, "SourceSecurityGroupId: !Ref From"))
        {
            Action = NodeAction.Create,
            Parameters = [new Parameter("From", "String", new OutputSource(groups, "instanceId"))],
            Others =
            [
                SecurityPage.Offering(groups, "network/security_groups/bastion", "instanceId",
                    "netenv.mynet.dev.us-west-2.network.vpc.security_groups.bastion.instance.id"),
            ],
        };

        Assert.Equal(["+ sg Bastion  ingress tcp/22 from sg bastion.instance"], page.Lines());
    }

    [Fact]
    public void An_address_that_is_not_known_yet_says_where_it_comes_from()
    {
        var address = new NodeId(new Place("dev", "us-west-2"), "NE-mynet-dev-App-app-bastion-eip-EIP");
        var page = new SecurityPage("", Rule("tcp", 22, 22, "CidrIp: !Sub '${Address}/32'"))
        {
            Parameters = [new Parameter("Address", "String", new OutputSource(address, "ElasticIPAddress"))],
            Others =
            [
                SecurityPage.Offering(address, "app/bastion/eip", "ElasticIPAddress",
                    "netenv.mynet.dev.us-west-2.applications.app.groups.bastion.resources.eip.address"),
            ],
        };

        Assert.Equal(["+ sg Bastion  ingress tcp/22 from ${app/bastion/eip ▸ address}/32"], page.Lines());
    }

    [Fact]
    public void Entries_of_a_network_ACL_are_told_and_a_denial_that_goes_is_marked() => Assert.Equal(
        [
            "- network ACL Acl  deny ingress tcp/22 from 198.51.100.0/24 (rule 90)  (no longer forbidden)",
            "+ network ACL Acl  allow egress everything to 0.0.0.0/0 (rule 100)",
        ],
        SecurityPage.Lines(
            "Deny: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !Ref Acl, RuleNumber: 90, RuleAction: deny, Protocol: 6, PortRange: { From: 22, To: 22 }, CidrBlock: 198.51.100.0/24 } }",
            "Allow: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !Ref Acl, RuleNumber: 100, RuleAction: allow, Egress: true, Protocol: -1, CidrBlock: 0.0.0.0/0 } }"));

    private static string Rule(string protocol, int from, int to, string peer) =>
        $"Ssh: {{ Type: AWS::EC2::SecurityGroupIngress, Properties: {{ GroupId: !Ref Bastion, IpProtocol: {protocol}, FromPort: {from}, ToPort: {to}, {peer} }} }}";

    private static string Group(string rules) =>
        $"Web: {{ Type: AWS::EC2::SecurityGroup, Properties: {{ GroupName: web, GroupDescription: web, SecurityGroupIngress: [{rules}] }} }}";
}
