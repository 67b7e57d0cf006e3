using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;

namespace Paco.Tests.CloudFormation.Schemas;

public sealed class ResourceSchemasTests
{
    private static ResourceSchema Schema(string type) => ResourceSchemas.Shared.Find(type)!;

    [Fact]
    public void Every_type_named_can_be_found_and_is_itself()
    {
        Assert.Equal(1583, ResourceSchemas.Shared.TypeNames.Count);
        Assert.All(ResourceSchemas.Shared.TypeNames, name => Assert.Equal(name, Schema(name).TypeName));
    }

    [Fact]
    public void A_type_is_read_once() =>
        Assert.Same(ResourceSchemas.Shared.Find("AWS::EC2::VPC"), ResourceSchemas.Shared.Find("AWS::EC2::VPC"));

    [Theory]
    [InlineData("AWS::EC2::Vpc")]
    [InlineData("")]
    [InlineData("Nonsense")]
    public void A_type_that_Amazon_does_not_have_is_null(string type) => Assert.Null(ResourceSchemas.Shared.Find(type));

    [Fact]
    public void Types_are_found_from_many_threads_at_once()
    {
        var schemas = new ResourceSchemas(EmbeddedBytes.Of("Paco.ResourceSchemas"));
        Parallel.ForEach(schemas.TypeNames.Reverse(), name => Assert.Equal(name, schemas.Find(name)!.TypeName));
    }

    [Fact]
    public void A_custom_resource_of_any_name_has_the_schema_of_all_custom_resources()
    {
        var schema = Schema("Custom::WhateverWeLike");

        Assert.Equal("AWS::CloudFormation::CustomResource", schema.TypeName);
        Assert.Equal(["ServiceToken"], schema.Required);
        Assert.True(schema.HasAttribute("AnythingItAnswers"));
    }

    [Fact]
    public void A_schema_says_what_a_template_must_and_may_write()
    {
        var subnet = Schema("AWS::EC2::Subnet");

        Assert.Equal(["VpcId"], subnet.Required);
        Assert.Contains("MapPublicIpOnLaunch", subnet.Properties);
        Assert.DoesNotContain("SubnetId", subnet.Properties);
        Assert.Contains("SubnetId", subnet.ReadOnly);
        Assert.Equal(["SubnetId"], subnet.PrimaryIdentifier);
        Assert.Equal("Tags", subnet.TagProperty);
    }

    [Theory]
    [InlineData("AWS::RDS::DBInstance", "DBInstanceIdentifier", true)]
    [InlineData("AWS::RDS::DBInstance", "AllocatedStorage", false)]
    [InlineData("AWS::EC2::Instance", "NetworkInterfaces", true)]
    [InlineData("AWS::EC2::Instance", "NetworkInterfaces/0/SubnetId", true)]
    [InlineData("AWS::EC2::VPCEndpoint", "DnsOptions", false)]
    [InlineData("AWS::EC2::VPCEndpoint", "DnsOptions/PrivateDnsPreference", true)]
    [InlineData("AWS::EC2::VPCEndpoint", "DnsOptions/PrivateDnsPreferenceX", false)]
    [InlineData("AWS::CloudFormation::WaitConditionHandle", "Anything", false)]
    public void A_create_only_property_takes_all_below_it_along(string type, string path, bool createOnly) =>
        Assert.Equal(createOnly, Schema(type).IsCreateOnly(path));

    [Theory]
    [InlineData("ReplicationInfoList/*/TargetKafkaClusterArn", true)]
    [InlineData("ReplicationInfoList/12/TargetKafkaClusterArn", true)]
    [InlineData("ReplicationInfoList/x/TargetKafkaClusterArn", false)]
    [InlineData("ReplicationInfoList/12", false)]
    public void A_path_below_any_item_of_a_list_is_found_by_number_and_by_star(string path, bool createOnly) =>
        Assert.Equal(createOnly, Schema("AWS::MSK::Replicator").IsCreateOnly(path));

    [Fact]
    public void What_replaces_only_sometimes_is_kept_apart()
    {
        var instance = Schema("AWS::EC2::Instance");

        Assert.Contains("UserData", instance.ConditionalCreateOnly);
        Assert.False(instance.IsCreateOnly("UserData"));
    }

    [Theory]
    [InlineData("AWS::RDS::DBInstance", "Endpoint.Address", "string")]
    [InlineData("AWS::RDS::DBInstance", "Endpoint.Port", "string")]
    [InlineData("AWS::EC2::VPC", "CidrBlock", "string")]
    [InlineData("AWS::EC2::VPC", "CidrBlockAssociations", "array")]
    [InlineData("AWS::EC2::SecurityGroup", "GroupId", "string")]
    [InlineData("AWS::S3::Bucket", "Arn", "string")]
    [InlineData("AWS::SNS::Topic", "TopicName", "string")]
    [InlineData("AWS::IAM::Role", "Arn", "string")]
    [InlineData("AWS::CloudFormation::Stack", "Outputs.VpcId", "string")]
    public void An_attribute_has_a_type(string type, string attribute, string expected)
    {
        Assert.True(Schema(type).HasAttribute(attribute));
        Assert.Equal(expected, Schema(type).AttributeType(attribute));
    }

    [Theory]
    [InlineData("AWS::S3::Bucket", "BucketName")]
    [InlineData("AWS::IAM::Role", "arn")]
    [InlineData("AWS::EC2::EIP", "Tags")]
    [InlineData("AWS::CloudFormation::Stack", "VpcId")]
    public void What_GetAtt_cannot_read_is_no_attribute(string type, string attribute)
    {
        Assert.False(Schema(type).HasAttribute(attribute));
        Assert.Null(Schema(type).AttributeType(attribute));
    }

    [Fact]
    public void Every_attribute_of_every_type_can_be_asked_for_its_type() =>
        Assert.All(ResourceSchemas.Shared.TypeNames.Select(Schema), schema => Assert.All(schema.Attributes, name =>
        {
            Assert.True(schema.HasAttribute(name));
            _ = schema.AttributeType(name);
        }));

    // Left as a template writes it, right as the service's Describe answers it.
    [Theory]
    [InlineData("AWS::RDS::DBInstance", "EngineVersion", "8.4", "8.4.7")]
    [InlineData("AWS::RDS::DBInstance", "DBInstanceIdentifier", "Shop", "shop")]
    [InlineData("AWS::RDS::DBInstance", "DBName", "shop", "SHOP")]
    [InlineData("AWS::RDS::DBInstance", "KmsKeyId", "1234abcd", "arn:aws:kms:eu-west-1:123456789012:key/1234abcd")]
    [InlineData("AWS::RDS::DBInstance", "MasterUserSecret/KmsKeyId", "1234abcd", "arn:aws:kms:eu-west-1:123456789012:key/1234abcd")]
    [InlineData("AWS::Route53::HostedZone", "Name", "Example.com", "example.com.")]
    [InlineData("AWS::S3::Bucket", "NotificationConfiguration/QueueConfigurations/0/Filter/S3Key/Rules/1/Name", "prefix", "Prefix")]
    [InlineData("AWS::Lambda::Alias", "FunctionName", "arn:aws:lambda:eu-west-1:123456789012:function:shop", "shop")]
    [InlineData("AWS::ECS::TaskDefinition", "TaskRoleArn", "shop", "arn:aws:iam::123456789012:role/shop")]
    [InlineData("AWS::EC2::EIP", "Domain", "standard", "vpc")]
    public void Values_that_the_service_regards_as_equal_are(string type, string path, string written, string real) =>
        Assert.True(ResourceSchemas.Shared.Find(type)!.AreEqual(path, written, real));

    [Theory]
    [InlineData("AWS::RDS::DBInstance", "EngineVersion", "8.4", "8.0.40")]
    [InlineData("AWS::RDS::DBInstance", "EngineVersion", "8.4", "8x4.7")]
    [InlineData("AWS::RDS::DBInstance", "DBInstanceClass", "DB.T4G.MICRO", "db.t4g.micro")]
    [InlineData("AWS::RDS::DBInstance", "DBInstanceIdentifier", "sh.*", "shop")]
    [InlineData("AWS::SNS::Topic", "TopicName", "Shop", "shop")]
    public void Other_values_are_not(string type, string path, string written, string real) =>
        Assert.False(ResourceSchemas.Shared.Find(type)!.AreEqual(path, written, real));

    [Fact]
    public void No_expression_of_any_schema_does_more_than_be_left_unread()
    {
        foreach (var type in ResourceSchemas.Shared.TypeNames)
        {
            var schema = ResourceSchemas.Shared.Find(type)!;
            Assert.All(schema.Properties, path => Assert.False(schema.AreEqual(path, "some(value", "another[")));
        }
    }
}
