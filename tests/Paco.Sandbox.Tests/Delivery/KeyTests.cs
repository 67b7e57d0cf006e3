using static Paco.Sandbox.Tests.Delivery.Templates;

namespace Paco.Sandbox.Tests.Delivery;

/// <summary>KMS keys: whom their policies name, whom they lock out, and how they go.</summary>
public sealed class KeyTests
{
    private static readonly string Own = Allow(Account(Tools));

    [Theory]
    [InlineData("role/nobody")]
    [InlineData("user/nobody")]
    [InlineData("role/*")]
    public async Task A_policy_that_names_nobody_is_refused(string who)
    {
        var told = await Refused(Key($$"""{{Own}}, {{Allow($$"""{"AWS": "arn:aws:iam::222222222222:{{who}}"}""")}}"""));
        Assert.Contains("Policy contains a statement with one or more invalid principals. (Service: Kms, Status Code: 400", told,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_of_another_account_is_somebody_once_it_is_there()
    {
        await using var bench = Open();
        var dev = await bench.In(Dev);
        var key = Of(Key($$"""{{Own}}, {{Allow($$"""{"AWS": "arn:aws:iam::{{Dev}}:role/deploy"}""")}}"""));

        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("early", key));
        Assert.Equal("CREATE_COMPLETE", await dev.Create("roles", Of(Role("deploy", Service("ec2")))));
        Assert.Equal("CREATE_COMPLETE", await bench.Create("late", key));
    }

    [Theory]
    [InlineData("kms:Decrypt", "{}")]
    [InlineData("kms:*", """{"StringEquals": {"kms:ViaService": "s3.us-west-2.amazonaws.com"}}""")]
    public async Task A_policy_that_locks_its_account_out_is_refused(string action, string condition) => Assert.Contains(
        "The new key policy will not allow you to update the key policy in the future.",
        await Refused(Key(Allow(Account(Tools), action, condition))), StringComparison.Ordinal);

    [Fact]
    public async Task Who_insists_is_locked_out()
    {
        await using var bench = Open();
        Assert.Equal("CREATE_COMPLETE",
            await bench.Create("key", Of(Key(Allow(Account(Tools), "kms:Decrypt"), ", \"BypassPolicyLockoutSafetyCheck\": true"))));
    }

    [Fact]
    public async Task Administrators_told_apart_by_their_names_lock_nobody_out()
    {
        await using var bench = Open();
        var condition = """{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111111111111:role/Admin*"}}""";
        Assert.Equal("CREATE_COMPLETE", await bench.Create("key", Of(Key(Allow(Account(Tools), "kms:*", condition)))));
    }

    [Fact]
    public async Task A_deleted_key_waits_out_its_days_and_can_be_had_back()
    {
        await using var bench = Open();
        await bench.Create("key", Of(Key(Own, ", \"PendingWindowInDays\": 7")));
        var id = await bench.Physical("key", "Key");

        await bench.Cfn("DeleteStack", "StackName=key");
        var waiting = (await Describe(bench, id))!;
        Assert.Equal("PendingDeletion", waiting["KeyState"]!.ToString());
        Assert.Equal(bench.Clock.GetUtcNow().AddDays(7).ToUnixTimeSeconds(), (long)waiting["DeletionDate"]!.GetValue<double>());

        await bench.Json("kms", "CancelKeyDeletion", $$"""{"KeyId": "{{id}}"}""");
        Assert.Equal("Disabled", (await Describe(bench, id))!["KeyState"]!.ToString());

        await bench.Json("kms", "ScheduleKeyDeletion", $$"""{"KeyId": "{{id}}", "PendingWindowInDays": 8}""");
        bench.Clock.Pass(TimeSpan.FromDays(8).TotalSeconds);
        Assert.Equal("NotFoundException", (await Assert.ThrowsAsync<Refusal>(() => Describe(bench, id))).Code);
    }

    [Fact]
    public async Task An_alias_leads_to_a_key_that_is_there()
    {
        await using var bench = Open();
        await bench.Create("key", Of(Key(Own)));
        var id = await bench.Physical("key", "Key");
        await bench.Create("alias", Of(("Alias", "AWS::KMS::Alias", $$"""{"AliasName": "alias/shop", "TargetKeyId": "{{id}}"}""")));

        Assert.Equal(id, (await Describe(bench, "alias/shop"))!["KeyId"]!.ToString());
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("astray",
            Of(("Alias", "AWS::KMS::Alias", """{"AliasName": "alias/astray", "TargetKeyId": "00000000-0000-0000-0000-000000000000"}"""))));
    }

    [Fact]
    public async Task Bucket_policies_and_trusts_that_name_nobody_are_refused_too()
    {
        const string Nobody = "arn:aws:iam::222222222222:role/nobody";
        var trust = await Refused(Role("one", $$"""{"AWS": "{{Nobody}}"}"""));
        var bucket = await Refused(Bucket("of-shop"), ("Policy", "AWS::S3::BucketPolicy", $$"""
            {"Bucket": "of-shop", "PolicyDocument": {"Statement": [{"Effect": "Allow", "Principal": {"AWS": ["{{Nobody}}"]},
              "Action": "s3:GetObject", "Resource": "arn:aws:s3:::of-shop/*"}]} }
            """));

        Assert.Contains($"Invalid principal in policy: \"AWS\":\"{Nobody}\" (Service: Iam", trust, StringComparison.Ordinal);
        Assert.Contains("Invalid principal in policy (Service: S3", bucket, StringComparison.Ordinal);
    }

    private static Bench Open() => new(new SandboxOptions { ManagementAccountId = Tools });

    private static async Task<System.Text.Json.Nodes.JsonNode?> Describe(Bench bench, string id) =>
        (await bench.Json("kms", "DescribeKey", $$"""{"KeyId": "{{id}}"}"""))["KeyMetadata"];

    private static async Task<string> Refused(params (string, string, string)[] resources)
    {
        await using var bench = Open();
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("it", Of(resources)));
        return string.Join('\n', await bench.Events("it"));
    }
}
