using System.Xml.Linq;

namespace Paco.Cli.Tests.Moto;

/// <summary>
/// Asks moto itself what there is, without our client: plain Query API calls with the keys of an assumed role, which moto takes unsigned.
/// </summary>
internal sealed class Eyes : IDisposable
{
    private readonly HttpClient _http;
    private string _key = "AKIDTEST";

    private Eyes(string address) => _http = new HttpClient { BaseAddress = new Uri(address) };

    /// <summary>Looks at one account.</summary>
    public static async Task<Eyes> In(string address, string account)
    {
        var eyes = new Eyes(address);
        var role = await eyes.Ask("sts", "2011-06-15", "AssumeRole", ("RoleArn", $"arn:aws:iam::{account}:role/eyes"),
            ("RoleSessionName", "eyes"));
        eyes._key = role.Descendants().Single(e => e.Name.LocalName == "AccessKeyId").Value;
        return eyes;
    }

    public Task<XElement> Ec2(string action, params (string Name, string Value)[] parameters) =>
        Ask("ec2", "2016-11-15", action, parameters);

    public Task<XElement> Elb(string action, params (string Name, string Value)[] parameters) =>
        Ask("elasticloadbalancing", "2015-12-01", action, parameters);

    /// <summary>Every value of that name in an answer.</summary>
    public static string[] Values(XElement answer, string name) =>
        [.. answer.Descendants().Where(e => e.Name.LocalName == name).Select(e => e.Value)];

    /// <summary>Who may come into the security groups that are not a VPC's own: <c>group port from cidr-or-group</c>, by names.</summary>
    public async Task<string[]> Ingress()
    {
        var names = (await Ec2("DescribeSecurityGroups")).Descendants()
            .Where(e => Child(e, "groupName") is { } name && name != "default" && Child(e, "groupDescription") is not null)
            .ToDictionary(e => Child(e, "groupId")!, e => Child(e, "groupName")!);
        var rules = (await Ec2("DescribeSecurityGroupRules")).Descendants()
            .Where(e => Child(e, "isEgress") == "false" && names.ContainsKey(Child(e, "groupId")!));
        return
        [
            .. rules.Select(r => $"{names[Child(r, "groupId")!]} {Child(r, "fromPort")} from {Child(r, "cidrIpv4") ?? Other(r, names)}")
                .Order(StringComparer.Ordinal),
        ];
    }

    public void Dispose() => _http.Dispose();

    private static string Other(XElement rule, Dictionary<string, string> names) =>
        names[Values(rule.Elements().Single(e => e.Name.LocalName == "referencedGroupInfo"), "groupId").Single()];

    private static string? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

    private async Task<XElement> Ask(string service, string version, string action, params (string Name, string Value)[] parameters)
    {
        var form = parameters.Append(("Action", action)).Append(("Version", version)).Select(p => KeyValuePair.Create(p.Item1, p.Item2));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new FormUrlEncodedContent(form) };
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential={_key}/20260101/us-west-2/{service}/aws4_request, SignedHeaders=host, Signature=none");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{service}:{action} {answer.StatusCode}: {text}");
        return XElement.Parse(text);
    }
}
