using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;

namespace Paco.Tests.CloudFormation.Schemas;

/// <summary>One mistake a test: the properties as JSON, what is wrong with them as text.</summary>
public sealed class SchemaCheckTests
{
    private static string Check(string type, string properties) => string.Join(
        '\n', ResourceSchemas.Shared.Find(type)!.Check(JsonNode.Parse(properties)!)
            .Select(finding => $"{finding.Rule} at {finding.Path}: {finding.Message}"));

    [Fact]
    public void A_mistyped_property_is_shown_the_one_that_was_meant() => Assert.Equal(
        """Unknown at EnableDnsHostname: unknown property "EnableDnsHostname"; did you mean "EnableDnsHostnames"?""",
        Check("AWS::EC2::VPC", """{"CidrBlock": "10.0.0.0/16", "EnableDnsHostname": true}"""));

    [Fact]
    public void A_property_like_no_other_gets_no_suggestion() => Assert.Equal(
        """Unknown at Zebra: unknown property "Zebra" """.TrimEnd(),
        Check("AWS::EC2::VPC", """{"CidrBlock": "10.0.0.0/16", "Zebra": true}"""));

    [Fact]
    public void A_missing_property_is_missed_where_it_belongs() => Assert.Equal(
        """
        Missing at Tags[1]: missing required property "Value"
        Missing at : missing required property "VpcId"
        """,
        Check("AWS::EC2::Subnet", """{"CidrBlock": "10.0.0.0/24", "Tags": [{"Key": "a", "Value": "b"}, {"Key": "c"}]}"""));

    [Theory]
    [InlineData("\"abc\"", "WrongType at Port: Port: expected an integer, got \"abc\"")]
    [InlineData("80.5", "WrongType at Port: Port: expected an integer, got 80.5")]
    [InlineData("[80]", "WrongType at Port: Port: expected an integer, got a list")]
    [InlineData("{}", "WrongType at Port: Port: expected an integer, got an object")]
    [InlineData("null", "WrongType at Port: Port: expected an integer, got null")]
    [InlineData("\"80\"", "")]
    [InlineData("80.0", "")]
    public void A_number_may_be_spelled_but_not_misspelled(string port, string expected) => Assert.Equal(expected, Check(
        "AWS::ElasticLoadBalancingV2::TargetGroup", $$"""{"Protocol": "HTTP", "VpcId": {"Ref": "Vpc"}, "Port": {{port}}}"""));

    [Theory]
    [InlineData("true")]
    [InlineData("\"True\"")]
    [InlineData("\"false\"")]
    public void A_boolean_may_be_spelled(string value) => Assert.Equal("", Check(
        "AWS::EC2::VPC", $$"""{"CidrBlock": "10.0.0.0/16", "EnableDnsSupport": {{value}}}"""));

    [Fact]
    public void A_text_may_be_written_as_a_number() => Assert.Equal("", Check(
        "AWS::RDS::DBInstance",
        """{"DBInstanceClass": "db.t4g.micro", "AllocatedStorage": 20, "EngineVersion": 8.4, "Engine": "mysql"}"""));

    [Fact]
    public void A_value_outside_a_choice_is_told_the_choice() => Assert.Equal(
        """NotInEnum at InstanceTenancy: InstanceTenancy: "shared" is not allowed; it must be one of dedicated, default, host""",
        Check("AWS::EC2::VPC", """{"CidrBlock": "10.0.0.0/16", "InstanceTenancy": "shared"}"""));

    [Fact]
    public void In_a_long_choice_the_nearest_is_offered() => Assert.Equal(
        """NotInEnum at Runtime: Runtime: "python3.31" is not allowed; did you mean "python3.11"?""",
        Check("AWS::Lambda::Function", """{"Code": {"ZipFile": "x"}, "Role": {"Ref": "Role"}, "Runtime": "python3.31"}"""));

    [Fact]
    public void A_text_must_have_its_form_and_its_length() => Assert.Equal(
        """
        Pattern at LogGroupName: LogGroupName: "two words" does not match ^[.\-_/#A-Za-z0-9]{1,512}\Z
        Length at Tags[0].Key: Key: 0 characters where 1 to 128 are allowed
        """,
        Check("AWS::Logs::LogGroup", """{"LogGroupName": "two words", "Tags": [{"Key": "", "Value": ""}]}"""));

    [Fact]
    public void A_number_must_be_in_its_range() => Assert.Equal(
        "Range at HealthCheckIntervalSeconds: HealthCheckIntervalSeconds: 301 where 5 to 300 is allowed",
        Check("AWS::ElasticLoadBalancingV2::TargetGroup", """{"HealthCheckIntervalSeconds": "301", "TargetType": "lambda"}"""));

    [Fact]
    public void A_list_of_unique_items_says_which_is_there_twice() => Assert.Equal(
        """Duplicate at SubjectAlternativeNames[1]: SubjectAlternativeNames[1]: "a.example.com" is in the list twice""",
        Check("AWS::CertificateManager::Certificate",
            """{"DomainName": "example.com", "SubjectAlternativeNames": ["a.example.com", "a.example.com"]}"""));

    [Fact]
    public void What_only_AWS_writes_cannot_be_written() => Assert.Equal(
        "ReadOnly at Arn: Arn is read-only: AWS sets it, a template cannot",
        Check("AWS::S3::Bucket", """{"BucketName": "abc", "Arn": "arn:aws:s3:::abc"}"""));

    [Fact]
    public void Alternatives_exclude_each_other_and_one_is_needed()
    {
        Assert.Equal(
            "Choice at SecurityGroupIngress[0]: SecurityGroupIngress[0]: CidrIp and SourceSecurityGroupId exclude each other; give one of them",
            Ingress("""{"IpProtocol": "tcp", "CidrIp": "10.0.0.0/8", "SourceSecurityGroupId": "sg-1"}"""));
        Assert.StartsWith("Choice at SecurityGroupIngress[0]: SecurityGroupIngress[0]: needs one of CidrIp, CidrIpv6,",
            Ingress("""{"IpProtocol": "-1"}"""), StringComparison.Ordinal);
        Assert.Equal("", Ingress("""{"IpProtocol": "tcp", "CidrIp": "10.0.0.0/8", "SourceSecurityGroupId": {"Ref": "AWS::NoValue"}}"""));
    }

    [Fact]
    public void What_may_be_absent_raises_no_alarm() => Assert.Equal("", Ingress(
        """{"IpProtocol": "tcp", "CidrIp": {"Fn::If": ["Open", "0.0.0.0/0", {"Ref": "AWS::NoValue"}]}, "SourceSecurityGroupId": {"Fn::If": ["Open", {"Ref": "AWS::NoValue"}, "sg-1"]}}"""));

    private static string Ingress(string rule) =>
        Check("AWS::EC2::SecurityGroup", $$"""{"GroupDescription": "d", "SecurityGroupIngress": [{{rule}}]}""");

    [Fact]
    public void Some_properties_need_others() => Assert.Equal(
        "Together at InstanceMaintenancePolicy: InstanceMaintenancePolicy: MinHealthyPercentage needs MaxHealthyPercentage beside it",
        Check("AWS::AutoScaling::AutoScalingGroup",
            """{"MinSize": "1", "MaxSize": "2", "AvailabilityZones": ["a"], "InstanceId": "i", "InstanceMaintenancePolicy": {"MinHealthyPercentage": 90}}"""));

    [Theory]
    [InlineData("""{"Ref": "Range"}""")]
    [InlineData("""{"Fn::ImportValue": "x"}""")]
    [InlineData("""{"Fn::If": ["A", "10.0.0.0/16", {"Ref": "AWS::NoValue"}]}""")]
    [InlineData("""["{{resolve:ssm:/cidr}}"]""")]
    public void A_function_is_a_value_of_any_type(string tags) => Assert.Equal("", Check(
        "AWS::EC2::VPC", $$$"""{"CidrBlock": "10.0.0.0/16", "EnableDnsSupport": "{{resolve:ssm:/dns}}", "Tags": {{{tags}}}}"""));

    [Fact]
    public void A_macro_may_still_write_what_is_missing() => Assert.Equal(
        """Unknown at Zebra: unknown property "Zebra" """.TrimEnd(),
        Check("AWS::EC2::Subnet", """{"Zebra": 1, "Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://x/y"}}}"""));

    [Fact]
    public void A_required_property_without_value_is_missing() => Assert.Equal(
        """Missing at : missing required property "VpcId" """.TrimEnd(),
        Check("AWS::EC2::Subnet", """{"CidrBlock": "10.0.0.0/24", "VpcId": {"Ref": "AWS::NoValue"}}"""));

    [Fact]
    public void A_password_is_never_quoted()
    {
        var finding = Check("AWS::RDS::DBInstance", """{"DBInstanceClass": "c", "MasterUserPassword": {"hunter2": "hunter2"}}""");

        Assert.Contains("MasterUserPassword: expected a string, got an object", finding, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_only_value_of_the_wrong_form_is_not_shown() => Assert.Equal(
        "WrongType at GenerateSecretString.PasswordLength: PasswordLength: expected an integer, got a value (not shown)",
        Check("AWS::SecretsManager::Secret", """{"GenerateSecretString": {"PasswordLength": "hunter2"}}"""));

    [Fact]
    public void A_free_name_must_have_its_form() => Assert.Equal(
        """Unknown at Environment.Variables.9: the name "9" does not match [a-zA-Z][a-zA-Z0-9_]+""",
        Check("AWS::Lambda::Function",
            """{"Code": {"ZipFile": "x"}, "Role": {"Ref": "Role"}, "Environment": {"Variables": {"9": "x"}}}"""));

    [Fact]
    public void In_a_choice_of_shapes_the_one_meant_is_spoken_about() => Assert.Equal(
        "Choice at LaunchTemplate: LaunchTemplate: LaunchTemplateName and LaunchTemplateId exclude each other; give one of them",
        Check("AWS::EC2::Instance", """{"LaunchTemplate": {"LaunchTemplateId": "lt-1", "LaunchTemplateName": "one", "Version": "1"}}"""));

    // Seen on AWS: an alarm on metrics with "Dimensions: []" is made.
    [Theory]
    [InlineData("[]", "")]
    [InlineData("""[{"Ref": "AWS::NoValue"}]""", "")]
    [InlineData("""[{"Name": "a", "Value": "b"}]""", "Choice at : Properties: Metrics and Dimensions exclude each other; give one of them")]
    public void An_empty_list_excludes_nothing(string dimensions, string finding) => Assert.Equal(finding,
        Check("AWS::CloudWatch::Alarm", $$"""
            {
              "EvaluationPeriods": 1, "ComparisonOperator": "GreaterThanThreshold", "Threshold": 1, "Dimensions": {{dimensions}},
              "Metrics": [{"Id": "e1", "Expression": "1"}]
            }
            """));

    [Fact]
    public void Of_many_branches_the_one_that_nearly_fits_explains_itself() => Assert.Equal(
        "WrongType at Workflows[0].Steps[0].ExecutionBlockConfiguration.ExecutionApprovalConfig.TimeoutMinutes: TimeoutMinutes: expected a number, got \"soon\"",
        Check("AWS::ARCRegionSwitch::Plan", """
            {
              "ExecutionRole": {"Ref": "Role"}, "Name": "plan", "RecoveryApproach": "activeActive", "Regions": ["eu-west-1", "eu-north-1"],
              "Workflows": [{"WorkflowTargetAction": "activate", "Steps": [{
                "Name": "s", "ExecutionBlockType": "ManualApproval",
                "ExecutionBlockConfiguration": {"ExecutionApprovalConfig": {"ApprovalRole": {"Ref": "Role"}, "TimeoutMinutes": "soon"}}}]}]
            }
            """));

    [Fact]
    public void A_definition_that_contains_itself_is_followed_as_deep_as_the_value_goes() => Assert.Equal(
        """
        Unknown at Rules[0].Statement.NotStatement.Statement.OrStatement.Statements[1].GeoMatchStatement.CountryCode: unknown property "CountryCode"; did you mean "CountryCodes"?
        """,
        Check("AWS::WAFv2::RuleGroup", """
            {
              "Capacity": 1, "Scope": "REGIONAL",
              "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "m"},
              "Rules": [{
                "Name": "r", "Priority": 0,
                "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "m"},
                "Statement": {"NotStatement": {"Statement": {"OrStatement": {"Statements": [
                  {"GeoMatchStatement": {"CountryCodes": ["DE"]}}, {"GeoMatchStatement": {"CountryCode": ["DE"]}}]}}}}
              }]
            }
            """));

    [Fact]
    public void Properties_that_are_no_object_are_said_to_be_none() => Assert.Equal(
        "WrongType at : Properties: expected an object, got a list", Check("AWS::EC2::VPC", "[]"));
}
