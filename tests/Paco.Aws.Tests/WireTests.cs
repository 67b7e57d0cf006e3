using System.Net;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Tests;

public sealed class WireTests
{
    private const string Account = "111111111111";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("RequestLimitExceeded", "", 503, CloudErrorKind.Throttled)]
    [InlineData("SlowDown", "", 503, CloudErrorKind.Throttled)]
    [InlineData("Anything", "", 429, CloudErrorKind.Throttled)]
    [InlineData("ExpiredTokenException", "", 400, CloudErrorKind.ExpiredToken)]
    [InlineData("UnrecognizedClientException", "", 400, CloudErrorKind.AccessDenied)]
    [InlineData("UnauthorizedOperation", "", 403, CloudErrorKind.AccessDenied)]
    [InlineData("ValidationError", "Stack with id shop does not exist", 400, CloudErrorKind.NotFound)]
    [InlineData("ValidationError", "Stack [shop] does not exist", 400, CloudErrorKind.NotFound)]
    [InlineData("ValidationError", "Parameters: [Key] do not exist in the template", 400, CloudErrorKind.Refused)]
    [InlineData("InvalidKeyPair.NotFound", "", 400, CloudErrorKind.NotFound)]
    [InlineData("ResourceNotFoundException", "", 400, CloudErrorKind.NotFound)]
    [InlineData("BucketAlreadyExists", "", 409, CloudErrorKind.AlreadyExists)]
    [InlineData("InvalidAction", "", 400, CloudErrorKind.Unsupported)]
    [InlineData("LimitExceededException", "", 400, CloudErrorKind.Refused)]
    [InlineData("Anything", "", 500, CloudErrorKind.Server)]
    public void Every_refusal_has_a_kind(string code, string message, int status, CloudErrorKind kind) =>
        Assert.Equal(kind, AwsErrors.KindOf(code, message, (HttpStatusCode)status));

    [Theory]
    [InlineData("""{"__type":"com.amazonaws.ssm#ParameterNotFound","message":"m"}""", "ParameterNotFound", "m")]
    [InlineData("""{"__type":"ThrottlingException","Message":"slow"}""", "ThrottlingException", "slow")]
    [InlineData("<Response><Errors><Error><Code>InvalidKeyPair.NotFound</Code><Message>m</Message></Error></Errors></Response>",
        "InvalidKeyPair.NotFound", "m")]
    [InlineData("<Error><Code>NoSuchKey</Code><Message>m</Message></Error>", "NoSuchKey", "m")]
    [InlineData(
        "<InvalidChangeBatch xmlns='https://route53.amazonaws.com/doc/2013-04-01/'><Messages><Message>a</Message></Messages></InvalidChangeBatch>", "InvalidChangeBatch", "a")]
    public void Refusals_of_every_protocol_are_read(string body, string code, string message)
    {
        var request = new WireRequest { Service = AwsService.Ssm, Operation = "GetParameter" };

        var error = AwsErrors.Read(request,
            new WireResponse(HttpStatusCode.BadRequest, null, new Dictionary<string, string>(), System.Text.Encoding.UTF8.GetBytes(body)),
            new AwsKeys("AKIA1", new Paco.Diagnostics.Secret("s")));

        Assert.Equal((code, message, "ssm:GetParameter"), (error.Code, error.Message, error.Operation));
    }

    [Fact]
    public async Task What_a_validation_found_is_read_and_what_it_warns_of_is_not()
    {
        const string Events = """
            <DescribeEventsResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeEventsResult><OperationEvents>
              <member><EventId>1</EventId><EventType>VALIDATION_ERROR</EventType><Timestamp>2026-11-26T10:00:00Z</Timestamp><LogicalResourceId>Logs</LogicalResourceId><ResourceType>AWS::Logs::LogGroup</ResourceType>
                <ValidationFailureMode>FAIL</ValidationFailureMode><ValidationStatusReason>it exists already</ValidationStatusReason></member>
              <member><EventId>2</EventId><EventType>VALIDATION_ERROR</EventType><Timestamp>2026-11-26T10:00:00Z</Timestamp><LogicalResourceId>Bucket</LogicalResourceId>
                <ValidationFailureMode>WARN</ValidationFailureMode><ValidationStatusReason>not empty</ValidationStatusReason></member>
              <member><EventId>3</EventId><EventType>STACK_EVENT</EventType><Timestamp>2026-11-26T10:00:00Z</Timestamp><LogicalResourceId>shop</LogicalResourceId></member>
            </OperationEvents></DescribeEventsResult></DescribeEventsResponse>
            """;
        using var canned = new Canned(sent => sent.Action switch
        {
            "GetCallerIdentity" => Canned.Identity(Account),
            _ => sent.Body.Contains("ChangeSetName=arn", StringComparison.Ordinal)
                ? (200, Events)
                : Canned.Error(400, "InvalidAction", "no such thing"),
        });
        using var cloud = Cloud(canned);

        var found = await cloud.CloudFormation(Clouds.Dev)
            .DescribeValidation("arn:aws:cloudformation:us-west-2:111111111111:changeSet/c/1", None);

        Assert.Equal(("Logs", "it exists already"), found.Select(f => (f.LogicalResourceId, f.Reason)).Single());
        Assert.Empty(await cloud.CloudFormation(Clouds.Dev)
            .DescribeValidation("arn:aws:cloudformation:us-west-2:111111111111:stack/s/1", None));
    }

    [Fact]
    public async Task A_stack_is_sent_with_all_that_was_asked_for()
    {
        using var canned = new Canned(sent => sent.Action switch
        {
            "GetCallerIdentity" => Canned.Identity(Account),
            _ => (200, "<R><S><StackId>arn:x</StackId></S></R>"),
        });
        using var cloud = Cloud(canned);
        var stacks = cloud.CloudFormation(Clouds.Dev);
        var request = Clouds.Stack("shop", "{}", [new("A", "1 2"), new("B", null, UsePreviousValue: true)]) with
        {
            Capabilities = ["CAPABILITY_IAM"],
            EnableTerminationProtection = true,
            StackPolicyDuringUpdateBody = "{}",
        };

        Assert.Equal("arn:x", await stacks.CreateStack(request with { Tags = [new("k", "v")] }, None));
        await stacks.UpdateStack(request, None);

        var created = canned.Requests.Single(r => r.Action == "CreateStack").Body;
        Assert.Equal(
            "Action=CreateStack&Capabilities.member.1=CAPABILITY_IAM&ClientRequestToken=token-shop&DisableRollback=false&EnableTerminationProtection=true"
            + "&Parameters.member.1.ParameterKey=A&Parameters.member.1.ParameterValue=1%202&Parameters.member.2.ParameterKey=B&Parameters.member.2.UsePreviousValue=true"
            + "&StackName=shop&Tags.member.1.Key=k&Tags.member.1.Value=v&TemplateBody=%7B%7D&Version=2010-05-15",
            created);
        var updated = canned.Requests.Single(r => r.Action == "UpdateStack").Body;
        Assert.Contains("&StackPolicyDuringUpdateBody=%7B%7D&Tags=&", updated, StringComparison.Ordinal);
        Assert.DoesNotContain("EnableTerminationProtection", updated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_read_page_by_page_until_the_one_known()
    {
        static string Event(string id) => $"""
            <member><EventId>{id}</EventId><Timestamp>2026-11-22T12:00:00.123Z</Timestamp><LogicalResourceId>Vpc</LogicalResourceId>
            <ResourceType>AWS::EC2::VPC</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><ClientRequestToken>t</ClientRequestToken></member>
            """;
        static (int, string) Page(string events, string next) => (200,
            $"<DescribeStackEventsResponse><DescribeStackEventsResult><StackEvents>{events}</StackEvents>{next}</DescribeStackEventsResult></DescribeStackEventsResponse>");
        using var canned = new Canned(sent => sent.Action switch
        {
            "GetCallerIdentity" => Canned.Identity(Account),
            _ when sent.Body.Contains("NextToken=p3", StringComparison.Ordinal) => throw new InvalidOperationException("one page too many"),
            _ when sent.Body.Contains("NextToken=p2", StringComparison.Ordinal) =>
                Page(Event("3") + Event("4"), "<NextToken>p3</NextToken>"),
            _ => Page(Event("1") + Event("2"), "<NextToken>p2</NextToken>"),
        });
        using var cloud = Cloud(canned);

        var events = await cloud.CloudFormation(Clouds.Dev).DescribeStackEvents("shop", "4", default, None);

        Assert.Equal(["1", "2", "3"], events.Select(e => e.EventId));
        Assert.Equal(("t", "", new DateTimeOffset(2026, 11, 22, 12, 0, 0, 123, TimeSpan.Zero)),
            (events[0].ClientRequestToken, events[0].PhysicalResourceId, events[0].Timestamp));
    }

    [Theory]
    [InlineData("us-east-1", "", false)]
    [InlineData("eu-central-1", "<LocationConstraint>eu-central-1</LocationConstraint>", false)]
    [InlineData("eu-central-1", "<LocationConstraint>eu-central-1</LocationConstraint>", true)]
    public async Task A_bucket_is_closed_before_anything_is_in_it(string region, string location, bool regional)
    {
        using var canned = new Canned(sent => sent.Action == "GetCallerIdentity" ? Canned.Identity(Account) : (200, ""));
        using var cloud = Cloud(canned);
        var bucket = regional ? $"paco-{Account}-{region}-an" : "paco-x";

        await cloud.S3(new Place("dev", region)).CreateBucket(bucket, None);

        var calls = canned.Requests.Where(r => r.Method == HttpMethod.Put).ToArray();
        Assert.Equal(["", "?publicAccessBlock=", "?ownershipControls=", "?encryption=", "?versioning=", "?policy="],
            calls.Select(c => c.Uri.Query));
        Assert.All(calls, c => Assert.Equal($"{bucket}.s3.{region}.amazonaws.com", c.Uri.Host));
        Assert.Contains(location, calls[0].Body, StringComparison.Ordinal);
        Assert.Equal(location.Length == 0, calls[0].Body.Length == 0);
        Assert.Equal("BucketOwnerEnforced", calls[0].Headers["x-amz-object-ownership"]);
        Assert.Equal(regional, calls[0].Headers.ContainsKey("x-amz-bucket-namespace"));
        Assert.All(calls[1..], c => Assert.Equal(Account, c.Headers["x-amz-expected-bucket-owner"]));
        Assert.All(calls[1..], c => Assert.True(c.Headers.ContainsKey("x-amz-checksum-sha256")));
        Assert.Contains("\"aws:SecureTransport\":\"false\"", calls[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_keeps_what_was_deleted_does_not_keep_us()
    {
        const string Full = "<ListVersionsResult><Version><Key>k</Key><VersionId>1</VersionId></Version></ListVersionsResult>";
        using var canned = new Canned(sent => sent.Action == "GetCallerIdentity"
            ? Canned.Identity(Account)
            : (200, sent.Method == HttpMethod.Get ? Full : "<DeleteResult/>"));
        using var cloud = Cloud(canned);

        var kept = await Assert.ThrowsAsync<CloudException>(() => cloud.S3(Clouds.Dev).EmptyBucket("b", None));

        Assert.Equal("NotDeleted", kept.Code);
    }

    private static AwsCloud Cloud(Canned canned) =>
        AwsCloud.Create(Clouds.Options(Clouds.Account("dev", Account)) with { Handler = canned });
}
