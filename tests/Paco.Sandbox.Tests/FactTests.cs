namespace Paco.Sandbox.Tests;

/// <summary>What the table of resource types says, as the sandbox does it.</summary>
public sealed class FactTests
{
    private const string Template = """
        Resources:
          Servers:
            Type: AWS::EC2::LaunchTemplate
            Properties:
              LaunchTemplateData: {InstanceType: t3.micro}
              TagSpecifications: [{ResourceType: launch-template, Tags: [{Key: team, Value: one}]}]
        Outputs:
          Version: {Value: !GetAtt Servers.LatestVersionNumber}
        """;

    [Fact]
    public async Task A_launch_template_has_another_version_when_its_data_changes_and_none_for_tags()
    {
        await using var bench = new Bench();
        await bench.Create("s", Template);
        Assert.Equal("1", await bench.Output("s", "Version"));
        await bench.Update("s", Template.Replace("one", "two", StringComparison.Ordinal));
        Assert.Equal("1", await bench.Output("s", "Version"));
        await bench.Update("s", Template.Replace("t3.micro", "t3.small", StringComparison.Ordinal));
        Assert.Equal("2", await bench.Output("s", "Version"));
    }

    [Fact]
    public async Task A_database_endpoint_takes_its_new_port()
    {
        const string Database = """
            Resources:
              Data: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBInstanceClass: db.t4g.micro, AllocatedStorage: "20", MasterUsername: root, ManageMasterUserPassword: true, Port: "3306"}}
            Outputs:
              Port: {Value: !GetAtt Data.Endpoint.Port}
            """;
        await using var bench = new Bench();
        await bench.Create("s", Database);
        await bench.Update("s", Database.Replace("3306", "3307", StringComparison.Ordinal));
        Assert.Equal("3307", await bench.Output("s", "Port"));
    }

    [Fact]
    public async Task A_name_is_taken_only_within_what_it_belongs_to()
    {
        const string Groups = """
            Resources:
              One: {Type: AWS::EC2::SecurityGroup, Properties: {GroupName: web, GroupDescription: a, VpcId: vpc-0123456789abcdef0}}
              Other: {Type: AWS::EC2::SecurityGroup, Properties: {GroupName: web, GroupDescription: b, VpcId: vpc-0fedcba9876543210}}
            """;
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("apart", Groups));
        await bench.Cfn("DeleteStack", "StackName=apart");
        Assert.Equal("ROLLBACK_COMPLETE",
            await bench.Create("same", Groups.Replace("0fedcba9876543210", "0123456789abcdef0", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("AWS::Logs::LogGroup, Properties: {DeletionProtectionEnabled: true}")]
    [InlineData("AWS::Cognito::UserPool, Properties: {DeletionProtection: ACTIVE}")]
    public async Task What_its_own_property_protects_is_not_deleted(string resource)
    {
        await using var bench = new Bench();
        await bench.Create("s", $"Resources: {{Kept: {{Type: {resource}}}}}");
        await bench.Cfn("DeleteStack", "StackName=s");
        Assert.Equal("DELETE_FAILED", await bench.Status("s"));
    }
}
