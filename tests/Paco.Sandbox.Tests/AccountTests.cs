namespace Paco.Sandbox.Tests;

public sealed class AccountTests
{
    private const string Role = "Resources: {R: {Type: AWS::IAM::Role, Properties: {RoleName: admin, AssumeRolePolicyDocument: {}}}}";

    [Fact]
    public async Task Accounts_and_regions_are_apart()
    {
        await using var bench = new Bench();
        await bench.Create("s", "Resources: {T: {Type: AWS::SNS::Topic}}");
        var other = await bench.SignIn("222222222222");
        Assert.Equal("222222222222", (await bench.Query(other, "sts", "GetCallerIdentity", [])).Descendants("Account").Single().Value);
        await Assert.ThrowsAsync<Refusal>(() => bench.Query(other, "cloudformation", "DescribeStacks", ["StackName=s"]));
        bench.Region = "eu-central-1";
        await Assert.ThrowsAsync<Refusal>(() => bench.Status("s"));
    }

    [Fact]
    public async Task A_name_exists_once_in_an_account_whatever_the_region()
    {
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("one", Role));
        bench.Region = "eu-central-1";
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("two", Role));
        Assert.Contains(await bench.Events("two"),
            e => e.StartsWith("R CREATE_FAILED admin already exists in stack arn:aws:cloudformation:us-west-2:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_custom_name_stands_in_the_way_of_a_replacement()
    {
        await using var bench = new Bench();
        await bench.Create("s", Role);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE",
            await bench.Update("s", Role.Replace("RoleName", "Path: /new/, RoleName", StringComparison.Ordinal)));
        Assert.Contains(
            "R UPDATE_FAILED CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename admin and update the stack again.", await bench.Events("s"));
    }

    [Fact]
    public async Task A_bucket_name_exists_once_in_the_world()
    {
        await using var bench = new Bench();
        const string Bucket = "Resources: {B: {Type: AWS::S3::Bucket, Properties: {BucketName: the-only-one}}}";
        await bench.Create("one", Bucket);
        var other = await bench.SignIn("222222222222");
        await bench.Query(other, "cloudformation", "CreateStack", ["StackName=two", $"TemplateBody={Bucket}"]);
        var status = (await bench.Query(other, "cloudformation", "DescribeStacks", ["StackName=two"])).Descendants("StackStatus").Single()
            .Value;
        Assert.Equal("ROLLBACK_COMPLETE", status);
    }

    [Fact]
    public async Task An_organization_gets_an_account_at_the_next_look()
    {
        await using var bench = new Bench();
        await Assert.ThrowsAsync<Refusal>(() => bench.Json("organizations", "DescribeOrganization", "{}"));
        await bench.Json("organizations", "CreateOrganization", """{"FeatureSet": "ALL"}""");
        var asked = await bench.Json("organizations", "CreateAccount", """{"AccountName": "dev", "Email": "dev@example.com"}""");
        Assert.Equal("IN_PROGRESS", asked["CreateAccountStatus"]!["State"]!.ToString());
        var made = await bench.Json("organizations", "DescribeCreateAccountStatus",
            $$"""{"CreateAccountRequestId": "{{asked["CreateAccountStatus"]!["Id"]}}"}""");
        Assert.Equal("SUCCEEDED", made["CreateAccountStatus"]!["State"]!.ToString());

        var twice = await bench.Json("organizations", "CreateAccount", """{"AccountName": "dev", "Email": "dev@example.com"}""");
        var failed = await bench.Json("organizations", "DescribeCreateAccountStatus",
            $$"""{"CreateAccountRequestId": "{{twice["CreateAccountStatus"]!["Id"]}}"}""");
        Assert.Equal("EMAIL_ALREADY_EXISTS", failed["CreateAccountStatus"]!["FailureReason"]!.ToString());
        var first = await bench.Json("organizations", "ListAccounts", """{"MaxResults": 1}""");
        var second = await bench.Json("organizations", "ListAccounts", $$"""{"MaxResults": 1, "NextToken": "{{first["NextToken"]}}"}""");
        Assert.Equal("dev", second["Accounts"]![0]!["Name"]!.ToString());
        Assert.Equal(made["CreateAccountStatus"]!["AccountId"]!.ToString(), second["Accounts"]![0]!["Id"]!.ToString());
    }
}
