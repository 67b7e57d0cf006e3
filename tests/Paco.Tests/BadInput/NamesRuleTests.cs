using Paco.Stacks;

namespace Paco.Tests.BadInput;

/// <summary>The rules of names, each by the worked examples that deployed stacks are found by.</summary>
public sealed class NamesRuleTests
{
    [Theory]
    [InlineData("NE-mynet-prod-App-app-app-deploy-pipeline-s3-S3", "NE-mynet-prod-App-app", "app_deploy-pipeline_s3-S3")]
    [InlineData("NE-mynet-prod-App-app-app-deploy-pipeline-s3-S3", "NE", "mynet", "prod", "App", "app", "app_deploy", "pipeline_s3", "S3")]
    [InlineData("SNS-prod-SNS", "SNS", "prod-SNS")]
    [InlineData("Resource-CodeCommit-Git", "Resource-CodeCommit", "", "Git")]
    public void A_stack_is_named_after_its_parts(string name, params string[] parts) => Assert.Equal(name, Names.Stack(parts));

    [Theory]
    [InlineData("ec2_az1", "ec2az1")]
    [InlineData("app_forward", "appforward")]
    [InlineData("a-b.c d", "abcd")]
    public void A_logical_id_drops_everything_else(string name, string id) => Assert.Equal(id, Names.LogicalId(name));

    [Theory]
    [InlineData("PipelineS3Bucket", "pipeline_s3", "Bucket")]
    [InlineData("WebInstanceIamRole", "web-instance_iam_role")]
    public void A_camel_id_raises_the_first_letter_of_every_part(string id, params string[] parts) => Assert.Equal(id, Names.Camel(parts));

    [Theory]
    [InlineData("netenv.mynet.prod.us-west-2.backup_vaults.Backup-mynet-prod", "BB4A867C")]
    public void A_short_hash_is_the_first_eight_digits_of_MD5(string reference, string hash) =>
        Assert.Equal(hash, Names.ShortHash(reference));

    [Fact]
    public void A_role_of_a_backup_is_named_by_its_hash_and_parts() =>
        Assert.Equal(
            "BB4A867C-R-Backup_vaults-Backup-mynet-prod",
            $"{Names.ShortHash("netenv.mynet.prod.us-west-2.backup_vaults.Backup-mynet-prod")}-R-{Names.UpperFirst("backup_vaults")}-Backup-mynet-prod");

    [Fact]
    public void A_pipelines_physical_name_raises_the_first_letters_of_its_last_parts() =>
        Assert.Equal("NE-mynet-prod-App-App-deploy-Pipeline", Names.Physical("-", "", "NE-mynet-prod", "app", "app_deploy", "pipeline"));

    [Theory]
    [InlineData("a_b.c", "-", "_", "A_b-c")]
    [InlineData("a b", "-", " ", "A b")]
    [InlineData("é", "-", "", "-")]
    public void A_physical_name_keeps_what_its_filter_keeps(string part, string separator, string keep, string name) =>
        Assert.Equal(name, Names.Physical(separator, keep, part));
}
