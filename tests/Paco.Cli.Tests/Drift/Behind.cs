using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using Paco.Sandbox;

namespace Paco.Cli.Tests.Drift;

/// <summary>A hand that changes things in a project's sandbox behind CloudFormation's back, through Cloud Control.</summary>
internal sealed class Behind(string home)
{
    private const string Region = "us-west-2";

    private string File => Path.Combine(home, ".paco-work", "sandbox.db");

    /// <summary>Changes one property: a JSON Patch of one operation.</summary>
    public async Task Change(string account, string type, string identifier, string operation, string path, JsonNode? value) =>
        await Call(account, "UpdateResource", new JsonObject
        {
            ["TypeName"] = type,
            ["Identifier"] = identifier,
            ["PatchDocument"] = new JsonArray(new JsonObject { ["op"] = operation, ["path"] = path, ["value"] = value }).ToJsonString(),
        });

    public async Task Create(string account, string type, JsonObject properties) =>
        await Call(account, "CreateResource", new JsonObject { ["TypeName"] = type, ["DesiredState"] = properties.ToJsonString() });

    public async Task Delete(string account, string type, string identifier) =>
        await Call(account, "DeleteResource", new JsonObject { ["TypeName"] = type, ["Identifier"] = identifier });

    public async Task<JsonObject> Properties(string account, string type, string identifier)
    {
        var answer = await Call(account, "GetResource", new JsonObject { ["TypeName"] = type, ["Identifier"] = identifier });
        return JsonNode.Parse(answer["ResourceDescription"]!["Properties"]!.ToString())!.AsObject();
    }

    /// <summary>The physical id of a stack's resource.</summary>
    public string Id(string stack, string logicalId) =>
        Scalar("SELECT r.physical FROM resources r JOIN stacks s ON s.seq = r.stack WHERE s.name = $a AND r.logical = $b", stack,
            logicalId);

    /// <summary>Changes what not even Cloud Control would, as a service's own API may.</summary>
    public void Force(string identifier, string path, string value) =>
        Scalar("UPDATE resources SET properties = json_set(properties, $b, $c) WHERE physical = $a RETURNING 1", identifier, path, value);

    /// <summary>How many change sets lie about.</summary>
    public string ChangeSets() => Scalar("SELECT count(*) FROM changesets WHERE json_extract(body, '$.execution') = 'AVAILABLE'");

    private string Scalar(string sql, params string[] values)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i]);
        return command.ExecuteScalar()?.ToString() ?? throw new KeyNotFoundException(sql);
    }

    private async Task<JsonObject> Call(string account, string operation, JsonObject body)
    {
        await using var cloud = LocalCloud.Open(new SandboxOptions
        {
            DatabasePath = File,
            ManagementAccountId = Starter.Accounts["master"],
        });
        using var http = new HttpClient(cloud.CreateHandler());
        using var role = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "AssumeRole", ["Version"] = "2011-06-15", ["RoleSessionName"] = "hand",
            ["RoleArn"] = $"arn:aws:iam::{Starter.Accounts[account]}:role/Console",
        });
        var key = XElement.Parse(await Send(http, "hand", "sts", role)).Descendants().First(e => e.Name.LocalName == "AccessKeyId").Value;
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.0"));
        content.Headers.Add("X-Amz-Target", $"CloudApiService.{operation}");
        var answer = JsonNode.Parse(await Send(http, key, "cloudcontrolapi", content))!.AsObject();
        Assert.True(answer["ProgressEvent"]?["OperationStatus"]?.ToString() is null or "SUCCESS", answer.ToJsonString());
        return answer;
    }

    private static async Task<string> Send(HttpClient http, string key, string service, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://{service}.{Region}.amazonaws.com/") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential={key}/20260101/{Region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
