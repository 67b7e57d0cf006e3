using System.Collections.Immutable;
using System.Xml.Linq;
using Paco.Aws.Wire;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.Services;

/// <summary>EC2 over its own dialect of the Query protocol. Source: Amazon EC2 API Reference, 2016-11-15.</summary>
internal sealed class Ec2Client(ServiceCaller caller) : IEc2
{
    public async Task<KeyPair?> DescribeKeyPair(string keyName, CancellationToken cancel)
    {
        try
        {
            return await caller.Xml(
                Form("DescribeKeyPairs").Add("KeyName.1", keyName).ToRequest(repeatable: true),
                root => root.List("keySet", "item").Select(Pair).FirstOrDefault(),
                cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    public Task<ImmutableArray<KeyPair>> DescribeKeyPairs(KeyValuePair<string, string> tag, CancellationToken cancel) => caller.Xml(
        Form("DescribeKeyPairs").Add("Filter.1.Name", $"tag:{tag.Key}").Add("Filter.1.Value.1", tag.Value).ToRequest(repeatable: true),
        root => root.List("keySet", "item").Select(Pair).ToImmutableArray(),
        cancel);

    /// <summary>Not repeatable: a second try would find the name taken and the only private key lost.</summary>
    public Task<NewKeyPair> CreateKeyPair(string keyName, ImmutableArray<KeyValuePair<string, string>> tags, CancellationToken cancel)
    {
        var form = Form("CreateKeyPair").Add("KeyName", keyName).Add("KeyType", "rsa").Add("KeyFormat", "pem")
            .Add("TagSpecification.1.ResourceType", "key-pair");
        foreach (var (i, tag) in tags.Index())
            form.Add($"TagSpecification.1.Tag.{i + 1}.Key", tag.Key).Add($"TagSpecification.1.Tag.{i + 1}.Value", tag.Value);
        return caller.Xml(form.ToRequest(repeatable: false, answersSecret: true),
            root => new NewKeyPair(Pair(root), new Secret(root.Need("keyMaterial"))), cancel);
    }

    public Task DeleteKeyPair(string keyName, CancellationToken cancel) =>
        caller.Do(Form("DeleteKeyPair").Add("KeyName", keyName).ToRequest(repeatable: true), cancel);

    public Task CreateTag(string resourceId, KeyValuePair<string, string> tag, CancellationToken cancel) => caller.Do(
        Form("CreateTags").Add("ResourceId.1", resourceId).Add("Tag.1.Key", tag.Key).Add("Tag.1.Value", tag.Value)
            .ToRequest(repeatable: true),
        cancel);

    private static QueryForm Form(string action) => new(AwsService.Ec2, "2016-11-15", action);

    private static KeyPair Pair(XElement e) => new(e.Text("keyPairId") ?? "", e.Text("keyFingerprint") ?? "")
    {
        Name = e.Text("keyName") ?? "",
        Tags = e.List("tagSet", "item").ToImmutableSortedDictionary(t => t.Need("key"), t => t.Text("value") ?? "", StringComparer.Ordinal),
    };
}
