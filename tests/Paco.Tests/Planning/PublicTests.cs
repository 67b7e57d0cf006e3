namespace Paco.Tests.Planning;

/// <summary>Policies of what is reached, and switches that put it before the public.</summary>
public class PublicTests
{
    [Theory]
    [InlineData("AWS::S3::BucketPolicy", "Bucket: assets", "PolicyDocument", "bucket assets")]
    [InlineData("AWS::SQS::QueuePolicy", "Queues: [!Ref Jobs]", "PolicyDocument", "queue Jobs")]
    [InlineData("AWS::SNS::TopicPolicy", "Topics: [!Ref News]", "PolicyDocument", "topic News")]
    [InlineData("AWS::KMS::Key", "Enabled: true", "KeyPolicy", "key It")]
    [InlineData("AWS::SecretsManager::ResourcePolicy", "SecretId: !Ref Password", "ResourcePolicy", "secret Password")]
    [InlineData("AWS::ECR::Repository", "RepositoryName: shop", "RepositoryPolicyText", "repository shop")]
    public void What_anybody_may_reach_is_marked(string type, string named, string document, string holder) => Assert.Equal(
        [
            $"+ {holder}  allow x:Do to anybody  (open to anybody)",
            $"+ {holder}  allow x:* to this account",
        ],
        SecurityPage.Lines("", $$"""
            It:
              Type: {{type}}
              Properties:
                {{named}}
                {{document}}:
                  Statement:
                    - { Effect: Allow, Principal: { AWS: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }, Action: 'x:*', Resource: '*' }
                    - { Effect: Allow, Principal: '*', Action: x:Do, Resource: '*' }
            """));

    [Theory]
    [InlineData("Principal: events.amazonaws.com, SourceArn: !GetAtt Rule.Arn",
        "allow lambda:InvokeFunction to events.amazonaws.com if SourceArn is ${Rule.Arn}")]
    [InlineData("Principal: '999999999999'", "allow lambda:InvokeFunction to account 999999999999")]
    [InlineData("Principal: '*'", "allow lambda:InvokeFunction to anybody  (open to anybody)")]
    [InlineData("Principal: '*', PrincipalOrgID: o-1234", "allow lambda:InvokeFunction to anybody if PrincipalOrgID is o-1234")]
    public void A_permission_of_a_function_says_who_may_call_it(string permission, string line) => Assert.Equal(
        [$"+ function Worker  {line}"],
        SecurityPage.Lines("",
            $"Call: {{ Type: AWS::Lambda::Permission, Properties: {{ FunctionName: !Ref Worker, Action: lambda:InvokeFunction, {permission} }} }}"));

    [Theory]
    [InlineData("BlockPublicAcls: false, BlockPublicPolicy: true",
        "+ bucket assets  public access is not blocked: BlockPublicAcls  (may become public)")]
    [InlineData("BlockPublicPolicy: true", "+ bucket assets  public access is not blocked: BlockPublicAcls  (may become public)")]
    [InlineData("BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true",
        "- bucket assets  public access is not blocked: IgnorePublicAcls")]
    public void A_block_of_public_access_that_is_lifted_or_laid(string after, string line) => Assert.Equal(
        [line],
        SecurityPage.Lines(Bucket("BlockPublicAcls: true, BlockPublicPolicy: true"), Bucket(after)));

    [Fact]
    public void A_new_bucket_without_a_word_is_blocked_by_AWS() =>
        Assert.Empty(SecurityPage.Lines("", "Assets: { Type: AWS::S3::Bucket, Properties: { BucketName: assets } }"));

    [Fact]
    public void A_database_that_gets_a_public_address_is_marked() => Assert.Equal(
        ["+ database Db  has a public address  (open to the internet)"],
        SecurityPage.Lines(
            "Db: { Type: AWS::RDS::DBInstance, Properties: { PubliclyAccessible: false } }",
            "Db: { Type: AWS::RDS::DBInstance, Properties: { PubliclyAccessible: 'true' } }"));

    [Fact]
    public void A_load_balancer_says_that_it_faces_the_internet() => Assert.Equal(
        ["+ load balancer shop  faces the internet"],
        SecurityPage.Lines("", """
            Alb: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Name: shop, Scheme: internet-facing } }
            Inner: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Name: inner, Scheme: internal } }
            """));

    [Fact]
    public void The_gravest_comes_first() => Assert.Equal(
        [
            "+ bucket b  allow s3:GetObject on x to anybody  (open to anybody)",
            "+ sg a  ingress tcp/22 from 0.0.0.0/0  (open to the internet)",
            "+ load balancer shop  faces the internet",
        ],
        SecurityPage.Lines("", """
            Alb: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Name: shop } }
            Rule: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: a, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 } }
            Policy: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: b, PolicyDocument: '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "x"}}' } }
            """));

    private static string Bucket(string block) =>
        $"Assets: {{ Type: AWS::S3::Bucket, Properties: {{ BucketName: assets, PublicAccessBlockConfiguration: {{ {block} }} }} }}";
}
