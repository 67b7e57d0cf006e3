using System.Text.RegularExpressions;
using Paco.Tests.Pages;
using Paco.Tests.Rights.Calls;
using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Instances;

/// <summary>The role of instances against the calls their scripts make: each is permitted, and what else is, is listed here.</summary>
public sealed partial class InstanceRightsTests
{
    // Asked of AWS by agents, not by scripts.
    private static readonly string[] OfAgents =
    [
        "cloudwatch:PutMetricData",
        "ec2messages:AcknowledgeMessage", "ec2messages:DeleteMessage", "ec2messages:FailMessage", "ec2messages:GetEndpoint",
        "ec2messages:GetMessages", "ec2messages:SendReply",
        "logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents",
        "s3:GetEncryptionConfiguration",
        "ssm:DescribeDocumentParameters", "ssm:DescribeInstanceProperties", "ssm:ListInstanceAssociations", "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ];

    // Asked by Docker when it pulls and pushes.
    private static readonly string[] OfDocker =
    [
        "ecr:BatchCheckLayerAvailability", "ecr:CompleteLayerUpload", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload",
        "ecr:UploadLayerPart",
    ];

    // Asked by scripts when things are not as they usually are, or by Amazon's mount helper.
    private static readonly string[] Seldom =
    [
        "ec2:DescribeTags", // where the metadata service has no tags
        "ec2:DisassociateAddress", // when the address is switched off on a running instance
        "elasticfilesystem:DescribeFileSystems", // efs-utils
    ];

    [InstanceFact]
    public void The_role_permits_every_call_and_nothing_that_is_not_listed()
    {
        var section = Page.Read(Repository.Path("src", "Paco", "Resources", "LaunchBundles", "Launch.boot.md")).Sections
            .Single(s => s.Title == "An instance with everything");
        using var folder = new TemporaryFolder();
        PageProject.Write(folder, section);
        var compilation = StandIns.Compile(folder.Path, section);
        using var server = new Server(compilation, "amazon");
        Assert.Equal(0, server.Boot());

        var called = Sorted(LaunchScriptTests.Calls(server.Instance.Transcript).SelectMany(ActionsOf));
        var permitted = Sorted(Permitted(compilation));

        Assert.Equal(
        [
            "cloudformation:DescribeStacks", "cloudformation:SignalResource", "ec2:AssociateAddress", "ec2:AttachVolume",
            "ec2:DescribeAddresses", "ec2:DescribeVolumes", "route53:ChangeResourceRecordSets",
            "s3:GetObject", "s3:ListBucket",
        ], called);
        Assert.Empty(called.Except(permitted));
        Assert.Equal(OfAgents.Concat(Seldom).Order(StringComparer.Ordinal), permitted.Except(called));
    }

    [InstanceFact]
    public void Scripts_that_deploy_images_may_do_what_they_and_Docker_do_and_nothing_else()
    {
        var section = Page.Read(Repository.Path("src", "Paco", "Resources", "LaunchBundles", "Bundles.boot.md")).Sections
            .Single(s => s.Title == "ScriptManager: an image is copied to another repository");
        using var folder = new TemporaryFolder();
        PageProject.Write(folder, section);
        var compilation = StandIns.Compile(folder.Path, section);
        using var server = new Server(compilation, "ubuntu");
        var done = string.Concat(section.Blocks.Where(b => b.Kind is "world" or "boot" or "run").Select(b => BootPageTests.Do(server, b)));

        var called = Sorted(LaunchScriptTests.Calls(done).SelectMany(ActionsOf).Where(IsOfImages));

        Assert.Equal(["ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:PutImage"], called);
        Assert.Equal(Sorted([.. called, .. OfDocker]), Sorted(Permitted(compilation).Where(IsOfImages)));
    }

    private static bool IsOfImages(string action) => action.StartsWith("ecr:", StringComparison.Ordinal);

    private static string[] Sorted(IEnumerable<string> actions) => [.. actions.Distinct().Order(StringComparer.Ordinal)];

    // The bucket's own policy permits its objects to the role; everything else stands in policies of the role.
    private static IEnumerable<string> Permitted(Compilation compilation)
    {
        var policies = new DeployedPolicies(new DeployedProject(compilation).Resources);
        var role = new Caller.Role(policies.Resources.Single(r => r.Type == "AWS::IAM::Role").Arn);
        var ofBuckets = from bucket in policies.Resources
                        where bucket.Type == "AWS::S3::Bucket"
                        from statement in policies.At(bucket.Arn)!.Statements
                        where statement.Allows && statement.Reaches(role) != Reach.Nobody
                        from action in statement.Actions
                        select action;
        return Grants.Of(policies.Of(role.Arn)).Select(g => g.Action).Concat(ofBuckets);
    }

    private static IEnumerable<string> ActionsOf(string call)
    {
        if (AwsCall().Match(call) is not { Success: true } match)
            return [];
        var (service, operation) = (match.Groups[1].Value, match.Groups[2].Value);
        return (service, operation) switch
        {
            ("s3", "cp") => ["s3:ListBucket", "s3:GetObject"],
            ("ecr", "get-login-password") => ["ecr:GetAuthorizationToken"],
            ("s3api", "head-bucket") => ["s3:ListBucket"],
            _ => [$"{service}:{string.Concat(operation.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}"],
        };
    }

    [GeneratedRegex("^aws ([a-z0-9]+) ([a-z0-9-]+)")]
    private static partial Regex AwsCall();
}
