using Paco.Sandbox;

namespace Paco.Cli.Tests.Conformance;

/// <summary>
/// Every operation the sandbox answers, asked at least once: here is where a new one goes. A service of many has a file of its own beside
/// this one. What an operation needs to succeed is made by calls before it; what refuses it in AWS's own words may follow.
/// </summary>
internal static partial class Calls
{
    private static readonly Func<Caller, Task>[] All =
        [Sts, Organizations, Ec2, AutoScaling, Ssm, SecretsManager, Acm, Route53, CloudControl, CloudFormation, S3, Iam, Sns, CloudTrail,
            CodeCommit, CodeDeploy, CloudWatch, Logs, Backup, Ecr, Connections, Delivery];

    /// <summary>What passed between all of these and a sandbox.</summary>
    public static async Task<IReadOnlyList<Exchange>> Record()
    {
        await using var caller = new Caller(
            new Fault.FailResource("stuck", "Second", "Stuck", Times: 2, On: ResourceAction.Update),
            new Fault.FailResource("half", "Second", "No", On: ResourceAction.Update));
        foreach (var service in All)
            await service(caller);
        return [.. caller.Recorder.Exchanges];
    }

    private static async Task Sts(Caller aws)
    {
        await aws.Query("sts", "GetCallerIdentity");
        await aws.Query("sts", "GetSessionToken", "DurationSeconds=3600");
        await aws.Query("sts", "AssumeRole", "RoleArn=arn:aws:iam::222222222222:role/Delegate", "RoleSessionName=jane");
        await aws.Query("sts", "AssumeRole", "RoleArn=arn:aws:iam::222222222222:user/nobody-at-all", "RoleSessionName=jane");
    }

    private static async Task Organizations(Caller aws)
    {
        await aws.Json("organizations", "DescribeOrganization");
        await aws.Json("organizations", "CreateOrganization", """{"FeatureSet": "ALL"}""");
        await aws.Json("organizations", "CreateOrganization");
        await aws.Json("organizations", "DescribeOrganization");
        const string Dev = """{"AccountName": "dev", "Email": "dev@example.com"}""";
        foreach (var account in new[] { Dev, Dev })
        {
            var request = (await aws.Json("organizations", "CreateAccount", account))["CreateAccountStatus"]!["Id"]!;
            aws.Pass();
            await aws.Json("organizations", "DescribeCreateAccountStatus", $$"""{"CreateAccountRequestId": "{{request}}"}""");
        }
        await aws.Json("organizations", "DescribeCreateAccountStatus",
            """{"CreateAccountRequestId": "car-00000000000000000000000000000000"}""");
        var accounts = (await aws.Json("organizations", "ListAccounts", """{"MaxResults": 1}"""))["Accounts"]!;
        await aws.Json("organizations", "DescribeAccount", $$"""{"AccountId": "{{accounts[0]!["Id"]}}"}""");
        await aws.Json("organizations", "DescribeAccount", """{"AccountId": "999999999999"}""");
    }

    private static async Task Ec2(Caller aws)
    {
        await aws.Query("ec2", "DescribeAvailabilityZones");
        await aws.Query("ec2", "DescribeRegions");
        var made = await aws.Query("ec2", "CreateKeyPair", "KeyName=jane", "KeyType=rsa", "KeyFormat=pem",
            "TagSpecification.1.ResourceType=key-pair", "TagSpecification.1.Tag.1.Key=team", "TagSpecification.1.Tag.1.Value=shop");
        await aws.Query("ec2", "CreateKeyPair", "KeyName=jane");
        await aws.Query("ec2", "CreateTags", $"ResourceId.1={Caller.Value(made, "keyPairId")}", "Tag.1.Key=a", "Tag.1.Value=b");
        await aws.Query("ec2", "DescribeKeyPairs", "Filter.1.Name=tag:team", "Filter.1.Value.1=shop");
        await aws.Query("ec2", "DescribeKeyPairs", "KeyName.1=nobody");
        await aws.Query("ec2", "DeleteKeyPair", "KeyName=jane");
    }

    private static async Task AutoScaling(Caller aws)
    {
        await Stack(aws, "servers", """
            Resources:
              Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.4.0/24}}
              Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceType: t3.small, ImageId: ami-1}}}
              Group:
                Type: AWS::AutoScaling::AutoScalingGroup
                Properties:
                  AutoScalingGroupName: web
                  MinSize: "2"
                  MaxSize: "2"
                  VPCZoneIdentifier: [!Ref Subnet]
                  LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
                  Tags: [{Key: Name, Value: Web, PropagateAtLaunch: true}]
            """);
        await aws.Query("autoscaling", "DescribeAutoScalingGroups", "MaxRecords=1");
        var groups = await aws.Query("autoscaling", "DescribeAutoScalingGroups", "AutoScalingGroupNames.member.1=web",
            "AutoScalingGroupNames.member.2=nobody");
        var server = groups.Descendants().First(e => e.Name.LocalName == "InstanceId").Value;
        await aws.Query("autoscaling", "DescribeAutoScalingInstances", $"InstanceIds.member.1={server}");
        await aws.Query("ec2", "DescribeInstances", $"InstanceId.1={server}");
        await aws.Query("ec2", "DescribeInstances", "Filter.1.Name=tag:Name", "Filter.1.Value.1=Web", "MaxResults=5");
        await aws.Query("ec2", "DescribeInstances", "InstanceId.1=i-0123456789abcdef0");
        await aws.Query("ec2", "DescribeInstances", "InstanceId.1=web");
    }

    private static async Task Ssm(Caller aws)
    {
        const string Image = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
        await aws.Json("ssm", "GetParameter", $$"""{"Name": "{{Image}}"}""");
        await aws.Json("ssm", "GetParameter", """{"Name": "/nobody"}""");
        await aws.Json("ssm", "GetParameters", $$"""{"Names": ["{{Image}}", "/nobody"]}""");
    }

    private static async Task SecretsManager(Caller aws)
    {
        await Stack(aws, "secrets",
            "Resources: {S: {Type: AWS::SecretsManager::Secret, Properties: {Name: shop, SecretString: placeholder}}}");
        await aws.Json("secretsmanager", "DescribeSecret", """{"SecretId": "shop"}""");
        await aws.Json("secretsmanager", "GetSecretValue", """{"SecretId": "shop"}""");
        await aws.Json("secretsmanager", "GetSecretValue", """{"SecretId": "nobody"}""");
        await aws.Json("secretsmanager", "PutSecretValue", """
            {"SecretId": "shop", "SecretString": "s3cret", "ClientRequestToken": "0123456789abcdef0123456789abcdef"}
            """);
        await aws.Json("secretsmanager", "DescribeSecret", """{"SecretId": "shop"}""");
        await aws.Json("secretsmanager", "ListSecrets", """{"Filters": [{"Key": "name", "Values": ["sh"]}], "MaxResults": 1}""");
        await aws.Json("secretsmanager", "PutSecretValue", """
            {"SecretId": "shop", "SecretString": "another", "ClientRequestToken": "0123456789abcdef0123456789abcdef"}
            """);
    }

    private static async Task Sns(Caller aws)
    {
        await Stack(aws, "topics", """
            Resources:
              T: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: email, Endpoint: jane@example.com}]}}
            """);
        await aws.Query("sns", "ListTopics");
        var topic = Caller.Value(await aws.Query("cloudformation", "DescribeStackResource", "StackName=topics", "LogicalResourceId=T"),
            "PhysicalResourceId");
        await aws.Query("sns", "ListSubscriptionsByTopic", $"TopicArn={topic}");
        await aws.Query("sns", "ConfirmSubscription", $"TopicArn={topic}", "Token=jane@example.com");
        await aws.Query("sns", "ListSubscriptionsByTopic", $"TopicArn={topic}");
        await aws.Query("sns", "ListSubscriptionsByTopic", "TopicArn=arn:aws:sns:us-west-2:111111111111:nobody");
    }

    private static async Task CloudTrail(Caller aws)
    {
        await Stack(aws, "trails", """
            Resources:
              Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: trails-of-shop}}
              Policy:
                Type: AWS::S3::BucketPolicy
                Properties:
                  Bucket: !Ref Bucket
                  PolicyDocument:
                    Statement:
                      - {Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, Action: s3:*,
                         Resource: ['arn:aws:s3:::trails-of-shop', 'arn:aws:s3:::trails-of-shop/*']}
              Trail:
                Type: AWS::CloudTrail::Trail
                DependsOn: Policy
                Properties: {TrailName: shop, IsLogging: true, S3BucketName: !Ref Bucket}
            """);
        await aws.Json("cloudtrail", "DescribeTrails");
        await aws.Json("cloudtrail", "DescribeTrails", """{"trailNameList": ["shop"], "includeShadowTrails": false}""");
        await aws.Json("cloudtrail", "ListTrails");
        await aws.Json("cloudtrail", "GetTrail", """{"Name": "shop"}""");
        await aws.Json("cloudtrail", "GetTrail", """{"Name": "nobody"}""");
        await aws.Json("cloudtrail", "GetTrailStatus", """{"Name": "shop"}""");
    }

    private static async Task CodeCommit(Caller aws)
    {
        await Stack(aws, "code", "Resources: {R: {Type: AWS::CodeCommit::Repository, Properties: {RepositoryName: shop}}}");
        await aws.Json("codecommit", "ListRepositories");
        await aws.Json("codecommit", "GetRepository", """{"repositoryName": "shop"}""");
        await aws.Json("codecommit", "GetRepository", """{"repositoryName": "nobody"}""");
    }

    private static async Task Acm(Caller aws)
    {
        var arn = (await aws.Json("acm", "RequestCertificate", """
            {"DomainName": "example.com", "ValidationMethod": "DNS", "SubjectAlternativeNames": ["www.example.com"]}
            """))["CertificateArn"];
        await aws.Json("acm", "DescribeCertificate", $$"""{"CertificateArn": "{{arn}}"}""");
        await aws.Json("acm", "ListCertificates", """{"Includes": {"keyTypes": ["RSA_2048"]}, "MaxItems": 1}""");
        await aws.Json("acm", "DeleteCertificate", $$"""{"CertificateArn": "{{arn}}"}""");
        await aws.Json("acm", "DescribeCertificate", $$"""{"CertificateArn": "{{arn}}"}""");
    }

    private static async Task Route53(Caller aws)
    {
        await Stack(aws, "dns", """
            Resources:
              Z: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
              H:
                Type: AWS::Route53::HealthCheck
                Properties:
                  HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: example.com, Port: 443, Regions: [us-east-1, us-west-1, us-west-2]}
            """);
        var zone = Caller.Value(await aws.Query("cloudformation", "DescribeStackResource", "StackName=dns", "LogicalResourceId=Z"),
            "PhysicalResourceId");
        const string Zones = "/2013-04-01/hostedzone";
        await aws.Rest("route53", "GET", $"{Zones}?maxitems=1");
        await aws.Rest("route53", "GET", "/2013-04-01/hostedzonesbyname?dnsname=example.com");
        await aws.Rest("route53", "GET", $"{Zones}/{zone}");
        await aws.Rest("route53", "GET", $"{Zones}/Z00000000000000000000");
        await aws.Rest("route53", "POST", $"{Zones}/{zone}/rrset", Change("UPSERT"));
        await aws.Rest("route53", "GET", $"{Zones}/{zone}/rrset?maxitems=2");
        await aws.Rest("route53", "POST", $"{Zones}/{zone}/rrset", Change("CREATE"));
        await aws.Rest("route53", "POST", $"{Zones}/{zone}/rrset", Change("DELETE"));
        await aws.Rest("route53", "GET", "/2013-04-01/change/C0123456789");
        var check = Caller.Value(await aws.Query("cloudformation", "DescribeStackResource", "StackName=dns", "LogicalResourceId=H"),
            "PhysicalResourceId");
        await aws.Rest("route53", "GET", "/2013-04-01/healthcheck?maxitems=1");
        await aws.Rest("route53", "GET", $"/2013-04-01/healthcheck/{check}");
        await aws.Rest("route53", "GET", "/2013-04-01/healthcheck/gone");

        static string Change(string action) => $"""
            <ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch><Changes><Change>
            <Action>{action}</Action><ResourceRecordSet><Name>www.example.com</Name><Type>A</Type><TTL>60</TTL><ResourceRecords>
            <ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords></ResourceRecordSet>
            </Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>
            """;
    }

    private static async Task CloudControl(Caller aws)
    {
        const string Group = "\"TypeName\": \"AWS::Logs::LogGroup\"";
        const string Ours = $"{{{Group}, \"Identifier\": \"/shop\"}}";
        const string Wanted = $$"""{{{Group}}, "DesiredState": "{\"LogGroupName\": \"/shop\"}"}""";
        var token = (await aws.Json("cloudcontrolapi", "CreateResource", Wanted))["ProgressEvent"]!["RequestToken"];
        await aws.Json("cloudcontrolapi", "CreateResource", Wanted);
        await aws.Json("cloudcontrolapi", "GetResourceRequestStatus", $$"""{"RequestToken": "{{token}}"}""");
        await aws.Json("cloudcontrolapi", "GetResource", Ours);
        await aws.Json("cloudcontrolapi", "ListResources", $"{{{Group}}}");
        await aws.Json("cloudcontrolapi", "UpdateResource", $$"""
            {{{Group}}, "Identifier": "/shop", "PatchDocument": "[{\"op\": \"add\", \"path\": \"/RetentionInDays\", \"value\": 7}]"}
            """);
        await aws.Json("cloudcontrolapi", "DeleteResource", Ours);
        await aws.Json("cloudcontrolapi", "GetResource", Ours);
        await aws.Json("cloudcontrolapi", "GetResource", """{"TypeName": "AWS::No::Such", "Identifier": "x"}""");
    }

    /// <summary>A stack, complete.</summary>
    private static async Task Stack(Caller aws, string name, string template)
    {
        await aws.Query("cloudformation", "CreateStack", $"StackName={name}", $"TemplateBody={template}",
            "Capabilities.member.1=CAPABILITY_NAMED_IAM");
        aws.Pass();
    }
}
