using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Aws;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Sandbox;

namespace Paco.Cli.Tests;

/// <summary>A resource as Cloud Control tells it: what AWS calls it, and its actual properties and attributes.</summary>
internal sealed record Found(string Identifier, JsonObject Properties)
{
    public JsonNode? this[string property] => Properties[property];

    public string Text(string property) =>
        Properties[property]?.ToString() ?? throw new KeyNotFoundException($"{Identifier} has no {property}");
}

/// <summary>The sandbox of a project as an outsider sees it: AWS's own protocols, nothing of the project's files.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    public const string Region = "us-west-2";

    private readonly LocalCloud _local;
    private readonly AwsCloud _aws;
    private readonly HttpClient _http;

    public Sandbox(string home, string? master = null)
    {
        _local = LocalCloud.Open(new SandboxOptions
        {
            DatabasePath = Path.Combine(home, ".paco-work", "sandbox.db"),
            ManagementAccountId = master ?? Starter.Accounts["master"],
        });
        _http = new HttpClient(_local.CreateHandler());
        _aws = AwsCloud.Create(new AwsOptions
        {
            Accounts = [.. Starter.Accounts.Select(a => new AwsAccount(a.Key, a.Value, ["Paco-Admin-Delegate-Role"]))],
            ManagementAccount = "master",
            Region = Region,
            Environment = _ => null,
            Handler = _local.CreateHandler(),
            Keys = new AwsKeys("sandbox", new Secret("sandbox")),
        });
    }

    public LocalCloud Local => _local;

    public AwsCloud Aws => _aws;

    /// <summary>Every stack of an account, by name.</summary>
    public async Task<Dictionary<string, DeployedStack>> Stacks(string account, string region = Region) =>
        (await _aws.CloudFormation(new Place(account, region)).DescribeStacks(CancellationToken.None)).ToDictionary(s => s.StackName);

    /// <summary>Those of environments, without what every account has of the globals.</summary>
    public async Task<Dictionary<string, DeployedStack>> EnvironmentStacks(string account, string region = Region) =>
        (await Stacks(account, region)).Where(s => s.Key.StartsWith("NE-", StringComparison.Ordinal)).ToDictionary();

    public async Task<DeployedStack> Stack(string account, string name) =>
        await _aws.CloudFormation(new Place(account, Region)).DescribeStack(name, CancellationToken.None)
        ?? throw new KeyNotFoundException($"{account} has no stack {name}");

    /// <summary>The resources of a stack: logical id to physical id.</summary>
    public async Task<Dictionary<string, string>> ResourcesOf(string account, string stack, string region = Region) =>
        (await _aws.CloudFormation(new Place(account, region)).DescribeStackResources(stack, CancellationToken.None))
            .ToDictionary(r => r.LogicalResourceId, r => r.PhysicalResourceId);

    /// <summary>Everything of a type in an account and region.</summary>
    public async Task<IReadOnlyList<Found>> All(string account, string type, string region = Region)
    {
        var body = await CloudControl(account, region, "ListResources", new JsonObject { ["TypeName"] = type, ["MaxResults"] = 100 });
        return [.. body["ResourceDescriptions"]!.AsArray().Select(d => ToFound(d!))];
    }

    /// <summary>The only one of a type.</summary>
    public async Task<Found> Only(string account, string type, string region = Region) => Assert.Single(await All(account, type, region));

    /// <summary>One resource by the physical id its stack tells.</summary>
    public async Task<Found> One(string account, string type, string identifier, string region = Region) =>
        ToFound((await CloudControl(account, region, "GetResource",
            new JsonObject { ["TypeName"] = type, ["Identifier"] = identifier }))["ResourceDescription"]!);

    /// <summary>A stack's resource with its actual properties.</summary>
    public async Task<Found> In(string account, string stack, string logicalId, string type, string region = Region) =>
        await One(account, type, (await ResourcesOf(account, stack, region))[logicalId], region);

    /// <summary>What a secret holds at this moment.</summary>
    public async Task<string> SecretValue(string account, string arn) =>
        (await Json(account, Region, "secretsmanager", "secretsmanager.GetSecretValue",
            new JsonObject { ["SecretId"] = arn }))["SecretString"]!.ToString();

    /// <summary>A deployed template, functions in their long form.</summary>
    public async Task<JsonObject> Template(string account, string stack, string region = Region)
    {
        var body = await _aws.CloudFormation(new Place(account, region)).GetTemplate(stack, CancellationToken.None);
        return TemplateReader.Read(body)!.ToJson().AsObject();
    }

    /// <summary>A text file of a launch bundle, or of the bucket itself, as an instance would fetch it.</summary>
    public async Task<string> Bundle(string account, string bucket, string bundle, string file)
    {
        var s3 = _aws.S3(new Place(account, Region));
        var digest = await s3.GetObject(bucket, "ec2lm_digest.sha256", CancellationToken.None);
        Assert.NotNull(digest);
        var key = $"{Encoding.UTF8.GetString(digest)}/LaunchBundles/{bundle}.tgz";
        var archive = await s3.GetObject(bucket, key, CancellationToken.None);
        Assert.NotNull(archive);
        using var zip = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        using var tar = new TarReader(zip);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (entry.Name == $"{bundle}/{file}")
                return await new StreamReader(entry.DataStream!).ReadToEndAsync();
        }
        throw new KeyNotFoundException($"{bundle} has no {file}");
    }

    /// <summary>Puts an image into a repository; each tag is of another one.</summary>
    public Task PutImage(string account, string repository, string tag) => Json(account, Region, "ecr",
        "AmazonEC2ContainerRegistry_V20150921.PutImage", new JsonObject
        {
            ["repositoryName"] = repository,
            ["imageTag"] = tag,
            ["imageManifest"] = new JsonObject { ["schemaVersion"] = 2, ["config"] = new JsonObject { ["digest"] = tag } }.ToJsonString(),
        });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _aws.Dispose();
        await _local.DisposeAsync();
    }

    private static Found ToFound(JsonNode description) =>
        new(description["Identifier"]!.ToString(), JsonNode.Parse(description["Properties"]!.ToString())!.AsObject());

    private Task<JsonObject> CloudControl(string account, string region, string operation, JsonObject body) =>
        Json(account, region, "cloudcontrolapi", $"CloudApiService.{operation}", body);

    private async Task<JsonObject> Json(string account, string region, string service, string target, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1"));
        content.Headers.Add("X-Amz-Target", target);
        return JsonNode.Parse(await Send(await Key(account), region, service, content))!.AsObject();
    }

    /// <summary>An access key of a session in an account.</summary>
    public async Task<string> Key(string account)
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "AssumeRole", ["Version"] = "2011-06-15", ["RoleSessionName"] = "reader",
            ["RoleArn"] = $"arn:aws:iam::{Starter.Accounts[account]}:role/Paco-Admin-Delegate-Role",
        });
        var answer = XElement.Parse(await Send("sandbox", Region, "sts", form));
        return answer.Descendants().First(e => e.Name.LocalName == "AccessKeyId").Value;
    }

    /// <summary>Confirms a subscription, as whoever has the address would.</summary>
    public async Task ConfirmSubscription(string account, string topicArn, string endpoint)
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "ConfirmSubscription", ["Version"] = "2010-03-31", ["TopicArn"] = topicArn, ["Token"] = endpoint,
        });
        await Send(await Key(account), topicArn.Split(':')[3], "sns", form);
    }

    /// <summary>A call of the Query protocol.</summary>
    public async Task<string> Query(string account, string service, string version, string action,
        params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(("Action", action)).Append(("Version", version))
            .Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await Send(await Key(account), Region, service, form);
    }

    /// <summary>Writes to a stream of a log group, as an agent would; the stream is made where it is not there.</summary>
    public async Task Log(string account, string group, string stream, params (DateTimeOffset Time, string Message)[] events)
    {
        async Task Call(string operation, JsonObject body)
        {
            (body["logGroupName"], body["logStreamName"]) = (group, stream);
            await Json(account, Region, "logs", $"Logs_20140328.{operation}", body);
        }

        var known = await Json(account, Region, "logs", "Logs_20140328.DescribeLogStreams",
            new JsonObject { ["logGroupName"] = group, ["logStreamNamePrefix"] = stream });
        if (known["logStreams"] is not JsonArray { Count: > 0 })
            await Call("CreateLogStream", []);
        await Call("PutLogEvents", new JsonObject
        {
            ["logEvents"] = new JsonArray([.. events.Select(e => new JsonObject
            {
                ["timestamp"] = e.Time.ToUnixTimeMilliseconds(), ["message"] = e.Message,
            })]),
        });
    }

    /// <summary>A call of a service that speaks REST-JSON.</summary>
    public async Task<JsonObject> Rest(string account, string service, HttpMethod method, string path, JsonObject? body = null)
    {
        using var content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return JsonNode.Parse(await Send(await Key(account), Region, service, content, method, path))!.AsObject();
    }

    private async Task<string> Send(string key, string region, string service, HttpContent? content, HttpMethod? method = null,
        string path = "/")
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, $"https://{service}.{region}.amazonaws.com{path}")
        {
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential={key}/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
