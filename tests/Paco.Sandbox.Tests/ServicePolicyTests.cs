namespace Paco.Sandbox.Tests;

/// <summary>What services ask of policies before they take on a configuration, as their user guides say.</summary>
public sealed class ServicePolicyTests
{
    private const string Account = "111111111111";
    private const string Trail = "arn:aws:cloudtrail:us-west-2:" + Account + ":trail/audit";

    [Fact]
    public async Task A_trail_is_made_where_bucket_and_key_let_it_write() =>
        Assert.Equal("CREATE_COMPLETE", await Make(BucketPolicy(Account, Trail), KeyPolicy(Trail)));

    [Theory]
    [InlineData(null)]
    [InlineData("999999999999")]
    public async Task A_bucket_that_does_not_let_the_account_write_is_refused(string? account)
    {
        var (status, reason) = await Refused(account is null ? "" : BucketPolicy(account, Trail), KeyPolicy(Trail));

        Assert.Equal("ROLLBACK_COMPLETE", status);
        Assert.Contains("Incorrect S3 bucket policy is detected for bucket: logs-of-all", reason, StringComparison.Ordinal);
        Assert.Contains("InsufficientS3BucketPolicyException", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_for_another_trail_does_not_do()
    {
        var (_, bucket) = await Refused(BucketPolicy(Account, $"{Trail}s"), KeyPolicy(Trail));
        var (_, key) = await Refused(BucketPolicy(Account, Trail), KeyPolicy($"{Trail}s"));

        Assert.Contains("InsufficientS3BucketPolicyException", bucket, StringComparison.Ordinal);
        Assert.Contains("InsufficientEncryptionPolicyException", key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_has_one_recorder_in_a_region()
    {
        await using var bench = new Bench(new SandboxOptions { ManagementAccountId = Account });
        const string Recorder = """
            {"Resources": {"It": {"Type": "AWS::Config::ConfigurationRecorder",
              "Properties": {"RoleARN": "arn:aws:iam::111111111111:role/r"}}}}
            """;

        Assert.Equal("CREATE_COMPLETE", await bench.Create("one", Recorder));
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("two", Recorder));
        Assert.Contains(await bench.Events("two"),
            e => e.Contains("MaxNumberOfConfigurationRecordersExceededException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Copies_need_versions_at_both_ends()
    {
        await using var bench = new Bench(new SandboxOptions { ManagementAccountId = Account });
        await bench.Create("far", """{"Resources": {"It": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "far-away"}}}}""");

        var status = await bench.Create("near", """
            {"Resources": {"It": {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Enabled"},
              "ReplicationConfiguration": {"Role": "arn:aws:iam::111111111111:role/r", "Rules": [{"Status": "Enabled", "Prefix": "",
                "Destination": {"Bucket": "arn:aws:s3:::far-away"}}]}}}}}
            """);

        Assert.Equal("ROLLBACK_COMPLETE", status);
        Assert.Contains(await bench.Events("near"),
            e => e.Contains("Destination bucket must have versioning enabled.", StringComparison.Ordinal));
    }

    private static async Task<string> Make(string bucketPolicy, string keyPolicy) => (await Refused(bucketPolicy, keyPolicy)).Status;

    private static async Task<(string Status, string Reason)> Refused(string bucketPolicy, string keyPolicy)
    {
        await using var bench = new Bench(new SandboxOptions { ManagementAccountId = Account });
        var policy = bucketPolicy.Length == 0 ? "" : $$"""
            "Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {{bucketPolicy}} } },
            """;
        var status = await bench.Create("trail", $$"""
            {"Resources": {
              "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "logs-of-all"} },
              {{policy}}
              "Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": {{keyPolicy}} } },
              "Trail": {"Type": "AWS::CloudTrail::Trail", "DependsOn": ["{{(policy.Length == 0 ? "Bucket" : "Policy")}}"], "Properties": {
                "TrailName": "audit", "IsLogging": true, "S3BucketName": "logs-of-all", "KMSKeyId": {"Fn::GetAtt": ["Key", "Arn"]} } } } }
            """);
        return (status, string.Join('\n', await bench.Events("trail")));
    }

    private static string BucketPolicy(string account, string trail) => $$"""
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:GetBucketAcl",
            "Resource": "arn:aws:s3:::logs-of-all", "Condition": {"StringEquals": {"aws:SourceArn": "{{trail}}"} } },
          {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": ["s3:PutObject"],
            "Resource": ["arn:aws:s3:::logs-of-all/AWSLogs/{{account}}/*"],
            "Condition": {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": ["{{trail}}"]} } }]}
        """;

    private static string KeyPolicy(string trail) => $$"""
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "kms:*", "Resource": "*"},
          {"Effect": "Allow", "Principal": {"Service": ["cloudtrail.amazonaws.com"]},
          "Action": "kms:GenerateDataKey*", "Resource": "*", "Condition": {
            "StringEquals": {"aws:SourceArn": "{{trail}}"},
            "StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:111111111111:trail/*"} } }] }
        """;
}
