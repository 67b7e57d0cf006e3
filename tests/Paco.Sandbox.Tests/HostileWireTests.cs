using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Paco.Sandbox.Tests;

/// <summary>What no SDK sends: each has an answer in AWS's words, and none is a failure of the sandbox.</summary>
public sealed class HostileWireTests
{
    private static readonly string[] Operations =
    [
        "cloudformation CreateStack", "cloudformation UpdateStack", "cloudformation DescribeStacks", "cloudformation CreateChangeSet",
        "cloudformation DescribeStackEvents", "cloudformation ListStacks", "cloudformation DeleteStack", "cloudformation ValidateTemplate",
        "cloudformation SetStackPolicy", "cloudformation DetectStackDrift", "cloudformation GetTemplateSummary", "cloudformation ListExports",
        "sts AssumeRole", "sts GetSessionToken", "ec2 CreateKeyPair", "ec2 DescribeKeyPairs", "ec2 DescribeAvailabilityZones",
        "organizations ListAccounts", "organizations CreateAccount", "organizations DescribeAccount", "acm RequestCertificate",
        "acm ListCertificates", "ssm GetParameter", "ssm GetParameters", "secretsmanager GetSecretValue", "secretsmanager PutSecretValue",
        "cloudcontrolapi CreateResource", "cloudcontrolapi UpdateResource", "cloudcontrolapi ListResources", "s3 x", "route53 x", "no such",
    ];

    private static readonly string[] Names =
    [
        "StackName", "TemplateBody", "TemplateURL", "Tags", "Parameters", "Capabilities", "NextToken", "MaxResults", "ChangeSetName",
        "ChangeSetType", "StackPolicyBody", "RoleArn", "RoleSessionName", "DurationSeconds", "KeyName", "Email", "AccountName", "AccountId",
        "DomainName", "SubjectAlternativeNames", "Name", "Names", "SecretId", "SecretString", "TypeName", "Identifier", "DesiredState",
        "PatchDocument", "Tags.member.1.Key", "Tags.member.1.Value", "Parameters.member.1.ParameterKey", "NotificationARNs.member.1",
        "TimeoutInMinutes", "Filters", "MaxItems", "ClientToken", "LogicalResourceId", "DisableRollback", "OnFailure",
        "UsePreviousTemplate", "StackPolicyURL", "ResourceTypes.member.1", "RollbackConfiguration.MonitoringTimeInMinutes",
        "RollbackConfiguration.RollbackTriggers.member.1.Arn", "RollbackConfiguration.RollbackTriggers.member.1.Type",
        "ResourcesToImport.member.1.LogicalResourceId", "ResourcesToImport.member.1.ResourceType",
        "ResourcesToImport.member.1.ResourceIdentifier.entry.1.key",
    ];

    [Fact]
    public async Task No_request_makes_the_sandbox_stumble()
    {
        await using var bench = new Bench();
        await bench.Create("s", "Resources: {A: {Type: AWS::SNS::Topic}}");
        using var http = new HttpClient(bench.Cloud.CreateHandler());
        var random = new Random(20261129);
        for (var i = 0; i < 4000; i++)
        {
            var written = Request(random);
            using var request = Message(written);
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode is < 500 or 501, $"{i}: {written}\n{text}");
        }
    }

    [Theory]
    [InlineData("{\"Resources\":{\"T\":{\"Type\":\"AWS::SNS::Topic\"},\"T\":{\"Type\":\"AWS::SNS::Topic\"}}}")]
    [InlineData("{\"Resources\":{\"T\":{\"Type\":\"AWS::SNS::Topic\",\"Type\":\"AWS::SNS::Topic\"}}}")]
    [InlineData("{\"Resources\":{},\"Resources\":{\"T\":{\"Type\":\"AWS::SNS::Topic\"}}}")]
    [InlineData("Resources: {T: {Type: AWS::SNS::Topic}, T: {Type: AWS::SNS::Topic}}")]
    public async Task A_template_with_a_key_twice_is_refused(string template)
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Create("s", template));
        Assert.Equal((400, "ValidationError"), (refusal.Status, refusal.Code));
        Assert.StartsWith("Template format error: duplicate key ", refusal.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"NextToken\":\"\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{\"MaxItems\":\"1\"}")]
    [InlineData("{\"MaxItems\":1e999}")]
    [InlineData("[]")]
    [InlineData("\0")]
    public async Task A_body_that_is_no_object_or_no_text_is_refused(string body)
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Json("acm", "ListCertificates", body));
        Assert.Equal((400, "SerializationException"), (refusal.Status, refusal.Code));
    }

    [Fact]
    public async Task A_form_of_very_many_fields_is_refused_and_not_searched()
    {
        await using var bench = new Bench();
        string[] many = [.. Enumerable.Range(1, 200_000).Select(i => $"Tags.member.{i}.Key=k")];
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("CreateStack", many));
        Assert.Equal((400, "MalformedQueryString"), (refusal.Status, refusal.Code));
    }

    [Theory]
    [InlineData("UPDATE stacks SET resources = '{'")]
    [InlineData("UPDATE stacks SET head = NULL")]
    [InlineData("UPDATE stacks SET head = '[]'")]
    [InlineData("DROP TABLE stacks")]
    public async Task A_file_that_is_damaged_meanwhile_is_named_with_the_way_out(string damage)
    {
        var folder = Directory.CreateTempSubdirectory("paco-sandbox-");
        var file = Path.Combine(folder.FullName, "sandbox.db");
        await using (var bench = new Bench(new SandboxOptions { DatabasePath = file }))
        {
            await bench.Create("s", "Resources: {A: {Type: AWS::SNS::Topic}}");
            using (var other = new SqliteConnection($"Data Source={file};Pooling=False"))
            {
                other.Open();
                using var command = other.CreateCommand();
                command.CommandText = damage;
                command.ExecuteNonQuery();
            }

            var refusal = await Assert.ThrowsAsync<SandboxFileException>(() => bench.Cfn("DescribeStackResources", "StackName=s"));
            Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
            Assert.Contains("Delete it to start anew", refusal.Message, StringComparison.Ordinal);
        }

        folder.Delete(recursive: true);
    }

    private sealed record Written(string Method, string Url, string Service, string Target, string Type, byte[] Body)
    {
        public override string ToString() => $"{Method} {Url} {Service} {Target} {Type}\n{Encoding.UTF8.GetString(Body)}";
    }

    private static Written Request(Random random)
    {
        var (service, operation) = Operations[random.Next(Operations.Length)].Split(' ') is [var s, var o] ? (s, o) : ("", "");
        var isQuery = service is "cloudformation" or "sts" or "ec2";
        var body = isQuery ? Form(random, operation) : service is "route53" || (service is "s3" && random.Next(2) == 0) ? Xml(random)
            : Encoding.UTF8.GetBytes(Json(random, 0));
        if (random.Next(5) == 0 && body.Length > 0)
            body[random.Next(body.Length)] = (byte)random.Next(256);
        if (random.Next(10) == 0)
            body = body[..random.Next(body.Length + 1)];
        string[] paths = service switch
        {
            "s3" => ["", "b", "b?policy", "b/k", "b?delete", "b?versions", "b?list-type=2&max-keys=x", "%", "b/%00%ff", "b?encryption"],
            "route53" => ["2013-04-01/hostedzone", "2013-04-01/hostedzone/Z/rrset", "2013-04-01/hostedzone?maxitems=-1", "%ff/hostedzone"],
            _ => [""],
        };
        string[] methods = isQuery ? ["POST", "POST", "GET"]
            : service is "s3" or "route53" ? ["GET", "PUT", "POST", "DELETE", "HEAD"] : ["POST"];
        var url = $"https://{service}.us-west-2.amazonaws.com/{paths[random.Next(paths.Length)]}";
        return new(methods[random.Next(methods.Length)], url, service,
            isQuery ? "" : $"Target.{operation}", isQuery ? "application/x-www-form-urlencoded" : "application/x-amz-json-1.1", body);
    }

    private static HttpRequestMessage Message(Written it)
    {
        var message = new HttpRequestMessage(new HttpMethod(it.Method), it.Url) { Content = new ByteArrayContent(it.Body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(it.Type);
        message.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=a/20261122/us-west-2/{it.Service}/aws4_request, SignedHeaders=host, Signature=00");
        message.Headers.TryAddWithoutValidation("X-Amz-Target", it.Target);
        return message;
    }

    private static byte[] Form(Random random, string operation)
    {
        var form = new StringBuilder($"Action={operation}");
        for (var i = random.Next(6); i >= 0; i--)
        {
            var name = Names[random.Next(Names.Length)];
            form.Append('&').Append(name).Append(random.Next(8) == 0 ? $".member.{random.Next(-1, 3)}" : "").Append('=')
                .Append(random.Next(4) == 0 ? Value(random) : Uri.EscapeDataString(Value(random)));
        }

        if (random.Next(2) == 0)
            form.Append("&StackName=s&TemplateBody=").Append(Uri.EscapeDataString(Json(random, 0)));
        return Encoding.UTF8.GetBytes(form.ToString());
    }

    private static byte[] Xml(Random random) => Encoding.UTF8.GetBytes(random.Next(4) switch
    {
        0 => $"<Request><ChangeBatch><Changes><Change><Action>{random.Next()}</Action></Change></Changes></ChangeBatch></Request>",
        1 => "<Delete><Object/></Delete>",
        2 => string.Concat(Enumerable.Repeat("<a>", random.Next(2000))),
        _ => "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\"><!ENTITY c \"&b;&b;\">]>"
            + "<Delete><Object><Key>&c;</Key></Object></Delete>",
    });

    private static string Json(Random random, int depth) => random.Next(depth > 4 ? 2 : 5) switch
    {
        0 => $"\"{Value(random).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        1 => new[] { "1", "-0", "1e999", "123456789012345678901234567890", "true", "null", "0.1", "nonsense" }[random.Next(8)],
        2 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Json(random, depth + 1)))}]",
        3 when random.Next(20) == 0 => string.Concat(Enumerable.Repeat("{\"Resources\":", random.Next(300))),
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"\"{Member(random)}\":{Json(random, depth + 1)}"))}}}",
    };

    private static string Member(Random random) => random.Next(3) == 0
        ? new[] { "Resources", "Type", "Properties", "Parameters", "Outputs", "Conditions", "Mappings", "Ref", "Fn::GetAtt", "Fn::Sub", "T",
            "Value", "Export", "DependsOn", "Fn::If", "Statement", "op", "path" }[random.Next(18)]
        : Names[random.Next(Names.Length)];

    private static string Value(Random random) => random.Next(12) switch
    {
        0 => new string('x', random.Next(3000)),
        1 => "\0",
        2 => "\u202e\n\u001b[2J",
        3 => random.Next().ToString(CultureInfo.InvariantCulture),
        4 => "99999999999999999999999999",
        5 => "-1",
        6 => "arn:aws:iam::222222222222:role/any",
        7 => "https://s3.us-west-2.amazonaws.com/b/k",
        8 => "AWS::SNS::Topic",
        9 => "%zz&=&",
        10 => "",
        _ => "s",
    };
}
