using System.Text;
using Paco.Clouds;

namespace Paco.Cli.Tests.Commands;

/// <summary>Buckets: what others need of their policies, names that are taken, and what is in them.</summary>
public sealed class BucketTests
{
    private const string Scope = "resource.s3";
    private const string Name = "paco-s3-logs-bucket-usw2";
    private static readonly Place Tools = new("tools", "us-west-2");

    private const string Buckets = """
        buckets:
          logs:
            enabled: true
            account: paco.ref accounts.tools
            region: us-west-2

        """;

    [Fact]
    public async Task What_is_in_a_bucket_is_guarded_and_its_deletion_is_a_line_of_the_plan()
    {
        using var project = await WithBucket();
        await project.Provision(Scope);
        await using (var cloud = new Sandbox(project.Home))
            await cloud.Aws.S3(Tools).PutObject(Name, "a/b", Encoding.UTF8.GetBytes("x"), default);

        var refused = (await project.Run("delete", Scope, "--sandbox", "--yes")).Fails();
        var deleted = (await project.Run("delete", Scope, "--sandbox", "--yes", "--allow-destroy", Scope)).Succeeds();

        Assert.Contains($"- bucket {Name}", refused.Out, StringComparison.Ordinal);
        Assert.Contains("emptied of every object and version, then deleted", refused.Out, StringComparison.Ordinal);
        Assert.Contains("--allow-destroy resource.s3.buckets.logs", refused.All, StringComparison.Ordinal);
        Assert.Contains($"bucket {Name}", deleted.Out, StringComparison.Ordinal);
        await using var after = new Sandbox(project.Home);
        Assert.Empty(await after.All("tools", "AWS::S3::Bucket"));
        Assert.Empty(await after.Stacks("tools"));
    }

    [Fact]
    public async Task An_empty_bucket_needs_no_permission()
    {
        using var project = await WithBucket();
        await project.Provision(Scope);

        (await project.Run("delete", Scope, "--sandbox", "--yes")).Succeeds();

        await using var after = new Sandbox(project.Home);
        Assert.Empty(await after.All("tools", "AWS::S3::Bucket"));
    }

    [Fact]
    public async Task A_bucket_that_is_retained_stays_and_is_taken_over_again()
    {
        using var project = await WithBucket();
        project.Edit("resource/s3.yaml", "region: us-west-2", "region: us-west-2\n    deletion_policy: retain");
        await project.Provision(Scope);

        (await project.Run("delete", Scope, "--sandbox", "--yes")).Succeeds();
        await using (var between = new Sandbox(project.Home))
            Assert.Single(await between.All("tools", "AWS::S3::Bucket"));
        var again = await project.Provision(Scope);

        Assert.Contains("1 import", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_left_the_files_goes_with_prune_and_with_permission()
    {
        using var project = await WithBucket();
        await project.Provision(Scope);
        await using (var cloud = new Sandbox(project.Home))
            await cloud.Aws.S3(Tools).PutObject(Name, "a", Encoding.UTF8.GetBytes("x"), default);
        project.Write("resource/s3.yaml", "buckets: {}\n");

        (await project.Run("provision", Scope, "--sandbox", "--yes", "--prune")).Fails();
        (await project.Run("provision", Scope, "--sandbox", "--yes", "--prune", "--allow-destroy", Scope)).Succeeds();

        await using var after = new Sandbox(project.Home);
        Assert.Empty(await after.All("tools", "AWS::S3::Bucket"));
    }

    [Fact]
    public async Task A_name_that_somebody_else_has_is_told_with_the_account_and_the_way_out()
    {
        using var project = await WithBucket();
        Directory.CreateDirectory(Path.Combine(project.Home, ".paco-work"));
        await using (var cloud = new Sandbox(project.Home))
            await cloud.Aws.S3(new Place("dev", "us-west-2")).CreateBucket(Name, default);

        var failed = (await project.Run("provision", Scope, "--sandbox", "--yes")).Fails();

        Assert.Contains("The requested bucket name is not available", failed.All, StringComparison.Ordinal);
        Assert.Contains("tools", failed.All, StringComparison.Ordinal);
        Assert.Contains("add_paco_suffix: true", failed.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_logs_need_the_bucket_first_and_its_scope_keeps_them()
    {
        using var project = await Starter.WithGlobals();
        project.Write("resource/s3.yaml", Buckets);
        await project.Provision(Scope);
        project.Edit(Starter.Netenv, "            type: LBApplication\n",
            "            type: LBApplication\n            enable_access_logs: true\n            access_logs_bucket: paco.ref resource.s3.buckets.logs\n");

        var early = (await project.Run("plan", "netenv.mynet.dev", "--sandbox")).Fails();
        await project.Provision(Scope);
        await project.Provision("netenv.mynet.dev");
        var again = await project.Provision(Scope);

        Assert.Contains("needs to be let in by the policy of bucket logs (tools · us-west-2)", early.All, StringComparison.Ordinal);
        Assert.Contains("paco provision resource.s3", early.All, StringComparison.Ordinal);
        Assert.Contains("Nothing to do", again.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        var balancer = await cloud.Only("dev", "AWS::ElasticLoadBalancingV2::LoadBalancer");
        Assert.Contains(balancer["LoadBalancerAttributes"]!.AsArray(),
            a => a!["Key"]!.ToString() == "access_logs.s3.bucket" && a["Value"]!.ToString() == Name);
    }

    [Fact]
    public async Task The_policy_stack_of_Paco_9_lets_go_before_the_bucket_has_its_one_policy()
    {
        using var project = await WithBucket();
        Directory.CreateDirectory(Path.Combine(project.Home, ".paco-work"));
        await using (var cloud = new Sandbox(project.Home))
        {
            await Make(cloud, "S3-Resource-bucket-logs-S3", $$"""
                {"LogsBucket": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "Properties": {"BucketName": "{{Name}}"} } }
                """);
            await Make(cloud, "S3-Resource-bucket-logs-policy-S3", $$"""
                {"LogsBucketPolicy": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": "{{Name}}", "PolicyDocument":
                  {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "delivery.logs.amazonaws.com"},
                    "Action": "s3:GetBucketAcl", "Resource": "arn:aws:s3:::{{Name}}"}]} } } }
                """);
        }

        await project.Provision(Scope);

        await using var after = new Sandbox(project.Home);
        var policy = await after.One("tools", "AWS::S3::BucketPolicy", Name);
        Assert.Contains("aws:SecureTransport", policy["PolicyDocument"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["EmptyTemplatePlaceholder"], (await after.ResourcesOf("tools", "S3-Resource-bucket-logs-policy-S3")).Keys);
        Assert.Contains("LogsBucketPolicy", (await after.ResourcesOf("tools", "S3-Resource-bucket-logs-S3")).Keys);
    }

    private static async Task Make(Sandbox cloud, string name, string resources)
    {
        await cloud.Aws.CloudFormation(Tools).CreateStack(
            new StackRequest
            {
                StackName = name,
                Template = new TemplateSource($$"""{"Resources": {{resources}} }""", null),
                Tags = [new("Paco-Stack", "true"), new("Paco-Stack-Name", name)],
                ClientRequestToken = name,
            },
            default);
        Assert.Equal(StackStatus.CreateComplete, (await cloud.Stack("tools", name)).Status);
    }

    private static async Task<ProjectFolder> WithBucket()
    {
        var project = await Starter.New();
        project.Write("resource/s3.yaml", Buckets);
        return project;
    }
}
