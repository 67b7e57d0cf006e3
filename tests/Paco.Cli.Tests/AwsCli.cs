using System.Text.Json.Nodes;

namespace Paco.Cli.Tests;

/// <summary>The AWS CLI, talking to a sandbox that is served and to nothing else.</summary>
internal static class AwsCli
{
    public static Dictionary<string, string> Variables(string address, string key) => new()
    {
        ["AWS_ENDPOINT_URL"] = address.TrimEnd('/'), ["AWS_ACCESS_KEY_ID"] = key, ["AWS_SECRET_ACCESS_KEY"] = "sandbox",
        ["AWS_DEFAULT_REGION"] = "us-west-2", ["AWS_PAGER"] = "",
        ["AWS_CONFIG_FILE"] = "/dev/null", ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
    };

    /// <summary>What a call answers; it has to succeed.</summary>
    public static async Task<JsonObject> Run(Dictionary<string, string> variables, params string[] arguments)
    {
        var ran = await Programs.Run(Programs.Find("aws")!, [.. arguments, "--output", "json"], variables);
        Assert.True(ran.Exit == 0, ran.All);
        return ran.Out.Trim().Length == 0 ? [] : ran.Json;
    }
}
