using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;

namespace Paco.Tests.CloudFormation.Schemas;

/// <summary>
/// Resources as people write them, with CloudFormation's freedoms. cfn-lint 1.51 has nothing to say about their schemas either.
/// </summary>
public sealed class CorrectResourcesTests
{
    [Theory]
    [MemberData(nameof(Resources))]
    public void A_correct_resource_raises_no_alarm(string type, string properties) =>
        Assert.Empty(ResourceSchemas.Shared.Find(type)!.Check(JsonNode.Parse(properties)!));

    public static TheoryData<string, string> Resources()
    {
        var data = new TheoryData<string, string>();
        foreach (var line in Written.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            data.Add(line[..line.IndexOf(' ', StringComparison.Ordinal)], line[line.IndexOf(' ', StringComparison.Ordinal)..]);
        }

        return data;
    }

    private const string Written =
        """
        AWS::EC2::VPC {"CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": "true", "EnableDnsSupport": true, "InstanceTenancy": "default", "Tags": [{"Key": "Name", "Value": {"Fn::Sub": "${AWS::StackName}-vpc"}}]}
        AWS::EC2::Subnet {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24", "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}, "MapPublicIpOnLaunch": "false"}
        AWS::EC2::Subnet {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.1.0/24", "AvailabilityZone": {"Fn::Select": [1, {"Fn::GetAZs": ""}]}}
        AWS::EC2::InternetGateway {}
        AWS::EC2::VPCGatewayAttachment {"VpcId": {"Ref": "Vpc"}, "InternetGatewayId": {"Ref": "Igw"}}
        AWS::EC2::RouteTable {"VpcId": {"Ref": "Vpc"}}
        AWS::EC2::SubnetRouteTableAssociation {"SubnetId": {"Ref": "SubA"}, "RouteTableId": {"Ref": "Rt"}}
        AWS::EC2::Route {"RouteTableId": {"Ref": "Rt"}, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": {"Ref": "Igw"}}
        AWS::EC2::EIP {"Domain": "vpc"}
        AWS::EC2::NatGateway {"AllocationId": {"Fn::GetAtt": ["Eip", "AllocationId"]}, "SubnetId": {"Ref": "SubA"}}
        AWS::EC2::NetworkAcl {"VpcId": {"Ref": "Vpc"}}
        AWS::EC2::NetworkAclEntry {"NetworkAclId": {"Ref": "Nacl"}, "RuleNumber": 100, "Protocol": -1, "RuleAction": "allow", "Egress": true, "CidrBlock": "0.0.0.0/0", "PortRange": {"From": 0, "To": 65535}}
        AWS::EC2::SecurityGroup {"GroupDescription": "web (x)", "VpcId": {"Ref": "Vpc"}, "SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": "80", "CidrIp": "0.0.0.0/0"}, {"IpProtocol": -1, "CidrIpv6": "::/0"}], "SecurityGroupEgress": [{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0", "Description": "all"}]}
        AWS::EC2::SecurityGroupIngress {"GroupId": {"Fn::GetAtt": ["Sg", "GroupId"]}, "IpProtocol": "tcp", "FromPort": {"Ref": "Port"}, "ToPort": 3306, "SourceSecurityGroupId": {"Ref": "Sg"}}
        AWS::EC2::KeyPair {"KeyName": "abc"}
        AWS::IAM::Policy {"PolicyName": "q", "Roles": [{"Ref": "Role"}], "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}}
        AWS::IAM::ManagedPolicy {"ManagedPolicyName": "r", "Path": "/x/", "Roles": [{"Ref": "Role"}], "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}}
        AWS::IAM::InstanceProfile {"Path": "/", "Roles": [{"Ref": "Role"}]}
        AWS::IAM::User {"UserName": "jane", "LoginProfile": {"Password": {"Ref": "Pw"}, "PasswordResetRequired": true}, "Groups": [{"Ref": "Group"}]}
        AWS::IAM::Group {"GroupName": "devs"}
        AWS::IAM::AccessKey {"UserName": {"Ref": "User"}, "Status": "Active", "Serial": 1}
        AWS::AutoScaling::ScalingPolicy {"AutoScalingGroupName": {"Ref": "Asg"}, "PolicyType": "SimpleScaling", "AdjustmentType": "ChangeInCapacity", "ScalingAdjustment": -1, "Cooldown": 300}
        AWS::AutoScaling::ScalingPolicy {"AutoScalingGroupName": {"Ref": "Asg"}, "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": {"PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"}, "TargetValue": 50.5}}
        AWS::AutoScaling::LifecycleHook {"AutoScalingGroupName": {"Ref": "Asg"}, "LifecycleTransition": "autoscaling:EC2_INSTANCE_TERMINATING"}
        AWS::AutoScaling::ScheduledAction {"AutoScalingGroupName": {"Ref": "Asg"}, "MinSize": 0, "Recurrence": "0 1 * * *"}
        AWS::ElasticLoadBalancingV2::LoadBalancer {"Name": "x-alb", "Scheme": "internet-facing", "Type": "application", "Subnets": [{"Ref": "SubA"}, {"Ref": "SubB"}], "SecurityGroups": [{"Ref": "Sg"}], "LoadBalancerAttributes": [{"Key": "idle_timeout.timeout_seconds", "Value": "60"}, {"Key": "access_logs.s3.enabled", "Value": "false"}]}
        AWS::ElasticLoadBalancingV2::TargetGroup {"Port": 80, "Protocol": "HTTP", "VpcId": {"Ref": "Vpc"}, "HealthCheckPath": "/health", "HealthCheckIntervalSeconds": 30, "HealthyThresholdCount": 2, "Matcher": {"HttpCode": "200"}, "TargetGroupAttributes": [{"Key": "deregistration_delay.timeout_seconds", "Value": 30}]}
        AWS::ElasticLoadBalancingV2::Listener {"LoadBalancerArn": {"Ref": "Alb"}, "Port": 80, "Protocol": "HTTP", "DefaultActions": [{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": 443, "Host": "#{host}", "Path": "/#{path}", "Query": "#{query}", "StatusCode": "HTTP_301"}}]}
        AWS::ElasticLoadBalancingV2::Listener {"LoadBalancerArn": {"Ref": "Alb"}, "Port": 443, "Protocol": "HTTPS", "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "Certificates": [{"CertificateArn": {"Ref": "Cert"}}], "DefaultActions": [{"Type": "forward", "TargetGroupArn": {"Ref": "Tg"}}]}
        AWS::ElasticLoadBalancingV2::ListenerRule {"ListenerArn": {"Ref": "Ls2"}, "Priority": 1, "Conditions": [{"Field": "host-header", "Values": ["a.example.com"]}, {"Field": "path-pattern", "PathPatternConfig": {"Values": ["/x/*"]}}], "Actions": [{"Type": "forward", "TargetGroupArn": {"Ref": "Tg"}, "Order": 1}]}
        AWS::ElasticLoadBalancingV2::ListenerCertificate {"ListenerArn": {"Ref": "Ls2"}, "Certificates": [{"CertificateArn": {"Ref": "Cert"}}]}
        AWS::CertificateManager::Certificate {"DomainName": "example.com", "SubjectAlternativeNames": ["*.example.com"], "ValidationMethod": "DNS", "DomainValidationOptions": [{"DomainName": "example.com", "HostedZoneId": {"Ref": "Hz"}}]}
        AWS::Route53::HostedZone {"Name": "example.com", "HostedZoneConfig": {"Comment": "c"}, "HostedZoneTags": [{"Key": "a", "Value": "b"}]}
        AWS::Route53::HostedZone {"Name": "corp.local", "VPCs": [{"VPCId": {"Ref": "Vpc"}, "VPCRegion": {"Ref": "AWS::Region"}}]}
        AWS::Route53::RecordSet {"HostedZoneId": {"Ref": "Hz"}, "Name": "a.example.com.", "Type": "A", "AliasTarget": {"DNSName": {"Fn::GetAtt": ["Alb", "DNSName"]}, "HostedZoneId": {"Fn::GetAtt": ["Alb", "CanonicalHostedZoneID"]}, "EvaluateTargetHealth": "true"}}
        AWS::Route53::RecordSet {"HostedZoneName": "example.com.", "Name": "b.example.com.", "Type": "CNAME", "TTL": 300, "ResourceRecords": [{"Fn::GetAtt": ["Db", "Endpoint.Address"]}]}
        AWS::Route53::RecordSetGroup {"HostedZoneId": {"Ref": "Hz"}, "RecordSets": [{"Name": "c.example.com", "Type": "TXT", "TTL": "60", "ResourceRecords": ["\"v=spf1\""]}]}
        AWS::Route53::HealthCheck {"HealthCheckConfig": {"Type": "HTTPS", "FullyQualifiedDomainName": "example.com", "Port": 443, "ResourcePath": "/", "RequestInterval": 30, "FailureThreshold": 3, "EnableSNI": true, "Regions": ["us-east-1", "us-west-2", "eu-west-1"], "Inverted": false, "MeasureLatency": true}, "HealthCheckTags": [{"Key": "Name", "Value": "x"}]}
        AWS::RDS::DBSubnetGroup {"DBSubnetGroupDescription": "d", "SubnetIds": [{"Ref": "SubA"}, {"Ref": "SubB"}]}
        AWS::RDS::DBParameterGroup {"Description": "d", "Family": "mysql8.4", "Parameters": {"max_connections": 100, "block_encryption_mode": "aes-256-ecb"}}
        AWS::RDS::OptionGroup {"EngineName": "mysql", "MajorEngineVersion": "8.4", "OptionGroupDescription": "d", "OptionConfigurations": [{"OptionName": "MEMCACHED", "Port": 1234, "OptionSettings": [{"Name": "CHUNK_SIZE", "Value": "32"}], "VpcSecurityGroupMemberships": [{"Ref": "Sg"}]}]}
        AWS::RDS::DBCluster {"Engine": "aurora-mysql", "MasterUsername": "root", "ManageMasterUserPassword": true, "DBSubnetGroupName": {"Ref": "Dsg"}, "ServerlessV2ScalingConfiguration": {"MinCapacity": 0.5, "MaxCapacity": 4}}
        AWS::SecretsManager::Secret {"Name": "netenv/x", "GenerateSecretString": {"SecretStringTemplate": "{\"username\":\"a\"}", "GenerateStringKey": "password", "PasswordLength": 32, "ExcludeCharacters": "\"@/\\", "ExcludePunctuation": false}}
        AWS::SecretsManager::SecretTargetAttachment {"SecretId": {"Ref": "Secret"}, "TargetId": {"Ref": "Db"}, "TargetType": "AWS::RDS::DBInstance"}
        AWS::Logs::LogGroup {"LogGroupName": "/paco/x", "RetentionInDays": "30"}
        AWS::Logs::MetricFilter {"LogGroupName": {"Ref": "Lg"}, "FilterPattern": "{ $.a = 1 }", "MetricTransformations": [{"MetricName": "m", "MetricNamespace": "n", "MetricValue": 1, "DefaultValue": 0}]}
        AWS::Logs::SubscriptionFilter {"LogGroupName": {"Ref": "Lg"}, "FilterPattern": "", "DestinationArn": {"Fn::GetAtt": ["Fn", "Arn"]}}
        AWS::CloudWatch::Alarm {"AlarmName": "a", "ActionsEnabled": true, "AlarmActions": [{"Ref": "Topic"}], "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 2, "MetricName": "CPUUtilization", "Namespace": "AWS/EC2", "Period": 60, "Statistic": "Average", "Threshold": 80, "TreatMissingData": "notBreaching", "Dimensions": [{"Name": "AutoScalingGroupName", "Value": {"Ref": "Asg"}}]}
        AWS::CloudWatch::Alarm {"ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 2, "Threshold": 0.5, "Metrics": [{"Id": "e1", "Expression": "m1/2", "ReturnData": true}, {"Id": "m1", "ReturnData": false, "MetricStat": {"Metric": {"MetricName": "x", "Namespace": "y"}, "Period": 60, "Stat": "p99"}}]}
        AWS::CloudWatch::Dashboard {"DashboardName": "d", "DashboardBody": "{}"}
        AWS::SNS::Topic {"TopicName": "t", "DisplayName": "T", "Subscription": [{"Endpoint": "a@example.com", "Protocol": "email"}]}
        AWS::SNS::Subscription {"TopicArn": {"Ref": "Topic"}, "Endpoint": {"Fn::GetAtt": ["Fn", "Arn"]}, "Protocol": "lambda", "FilterPolicy": {"a": ["b"]}}
        AWS::SNS::TopicPolicy {"Topics": [{"Ref": "Topic"}], "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": {"Ref": "Topic"}}]}}
        AWS::SQS::Queue {"QueueName": "q.fifo", "FifoQueue": true, "VisibilityTimeout": 30, "RedrivePolicy": {"maxReceiveCount": 3, "deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:d.fifo"}}
        AWS::S3::BucketPolicy {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": {"Fn::Sub": "${Bucket.Arn}/*"}, "Condition": {"Bool": {"aws:SecureTransport": false}}}]}}
        AWS::Lambda::Permission {"FunctionName": {"Fn::GetAtt": ["Fn", "Arn"]}, "Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com", "SourceArn": {"Fn::GetAtt": ["Bucket", "Arn"]}}
        AWS::Events::Rule {"ScheduleExpression": "rate(1 day)", "State": "ENABLED", "Targets": [{"Arn": {"Fn::GetAtt": ["Fn", "Arn"]}, "Id": "t", "Input": "{}"}]}
        AWS::Events::Rule {"EventPattern": {"source": ["aws.ec2"], "detail-type": ["x"]}, "Targets": [{"Arn": {"Fn::GetAtt": ["Fn", "Arn"]}, "Id": "t"}]}
        AWS::KMS::Key {"Description": "k", "EnableKeyRotation": true, "KeyPolicy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}}, "Action": "kms:*", "Resource": "*"}]}}
        AWS::KMS::Alias {"AliasName": "alias/x", "TargetKeyId": {"Ref": "Kms"}}
        AWS::EFS::FileSystem {"Encrypted": true, "FileSystemTags": [{"Key": "Name", "Value": "x"}]}
        AWS::EFS::MountTarget {"FileSystemId": {"Ref": "Efs"}, "SubnetId": {"Ref": "SubA"}, "SecurityGroups": [{"Ref": "Sg"}]}
        AWS::ElastiCache::ReplicationGroup {"ReplicationGroupDescription": "d", "Engine": "redis", "CacheNodeType": "cache.t4g.micro", "NumCacheClusters": 2, "AutomaticFailoverEnabled": true, "CacheSubnetGroupName": {"Ref": "Ecs"}, "SecurityGroupIds": [{"Ref": "Sg"}], "AtRestEncryptionEnabled": true}
        AWS::ElastiCache::SubnetGroup {"Description": "d", "SubnetIds": [{"Ref": "SubA"}]}
        AWS::CloudTrail::Trail {"IsLogging": true, "S3BucketName": {"Ref": "Bucket"}, "EnableLogFileValidation": true, "IsMultiRegionTrail": true, "IncludeGlobalServiceEvents": true, "CloudWatchLogsLogGroupArn": {"Fn::GetAtt": ["Lg", "Arn"]}, "CloudWatchLogsRoleArn": {"Fn::GetAtt": ["Role", "Arn"]}}
        AWS::CodeCommit::Repository {"RepositoryName": "r"}
        AWS::CodeDeploy::Application {"ApplicationName": "a", "ComputePlatform": "Server"}
        AWS::CodeDeploy::DeploymentGroup {"ApplicationName": {"Ref": "Cda"}, "ServiceRoleArn": {"Fn::GetAtt": ["Role", "Arn"]}, "AutoScalingGroups": [{"Ref": "Asg"}], "DeploymentConfigName": "CodeDeployDefault.OneAtATime", "AutoRollbackConfiguration": {"Enabled": true, "Events": ["DEPLOYMENT_FAILURE"]}}
        AWS::Backup::BackupPlan {"BackupPlan": {"BackupPlanName": "p", "BackupPlanRule": [{"RuleName": "r", "TargetBackupVault": {"Ref": "Bv"}, "ScheduleExpression": "cron(0 8 ? * * *)", "Lifecycle": {"DeleteAfterDays": 30}}]}}
        AWS::Backup::BackupSelection {"BackupPlanId": {"Ref": "Bpl"}, "BackupSelection": {"SelectionName": "s", "IamRoleArn": {"Fn::GetAtt": ["Role", "Arn"]}, "ListOfTags": [{"ConditionKey": "a", "ConditionType": "STRINGEQUALS", "ConditionValue": "b"}]}}
        AWS::SSM::Parameter {"Name": "/x", "Type": "String", "Value": "v"}
        AWS::ECS::Cluster {"ClusterName": "c", "ClusterSettings": [{"Name": "containerInsights", "Value": "enabled"}]}
        AWS::EC2::VPCPeeringConnection {"VpcId": {"Ref": "Vpc"}, "PeerVpcId": "vpc-12345678"}
        AWS::EC2::FlowLog {"ResourceId": {"Ref": "Vpc"}, "ResourceType": "VPC", "TrafficType": "ALL", "LogDestinationType": "cloud-watch-logs", "LogGroupName": "x", "DeliverLogsPermissionArn": {"Fn::GetAtt": ["Role", "Arn"]}}
        AWS::EC2::Volume {"AvailabilityZone": "us-east-1a", "Size": 10, "VolumeType": "gp3"}
        AWS::EC2::Instance {"ImageId": {"Ref": "Ami"}, "InstanceType": "t3.micro", "SubnetId": {"Ref": "SubA"}, "SecurityGroupIds": [{"Ref": "Sg"}], "SourceDestCheck": "false", "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": "8", "VolumeType": "gp3"}}]}
        AWS::CloudFormation::WaitConditionHandle {}
        AWS::CloudFormation::WaitCondition {"Handle": {"Ref": "Wch"}, "Timeout": 300, "Count": 1}
        AWS::Config::ConfigRule {"ConfigRuleName": "c", "InputParameters": {"a": "b"}, "Source": {"Owner": "AWS", "SourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"}}
        """;
}
