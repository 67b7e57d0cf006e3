using System.Collections.Immutable;
using System.Xml.Linq;
using Paco.Aws.Wire;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.Services;

/// <summary>EC2 over its own dialect of the Query protocol. Source: Amazon EC2 API Reference, 2016-11-15.</summary>
internal sealed class Ec2Client(ServiceCaller caller) : IEc2
{
    // A filter takes no more.
    private const int MostValues = 200;

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

    // Asked for by a filter: an id that is gone is left out, where a list of ids with one would be refused as a whole.
    public async Task<ImmutableArray<Instance>> DescribeInstances(IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        var all = ImmutableArray.CreateBuilder<Instance>();
        foreach (var some in ids.Chunk(MostValues))
            all.AddRange(await Pages.All(token => InstancePage(some, token, cancel)));
        return all.DrainToImmutable();
    }

    private Task<(IEnumerable<Instance>, string?)> InstancePage(string[] ids, string? token, CancellationToken cancel)
    {
        var form = Form("DescribeInstances").Add("NextToken", token).Add("Filter.1.Name", "instance-id");
        foreach (var (i, id) in ids.Index())
            form.Add($"Filter.1.Value.{i + 1}", id);
        return caller.Xml(form.ToRequest(repeatable: true), root => ((IEnumerable<Instance>)
        [
            .. root.List("reservationSet", "item").SelectMany(r => r.List("instancesSet", "item")).Select(i => new Instance(
                i.Need("instanceId"), i.Text("privateIpAddress"), i.Text("ipAddress"), i.Within("instanceState").Need("name"))),
        ], root.Text("nextToken")), cancel);
    }

    private static QueryForm Form(string action) => new(AwsService.Ec2, "2016-11-15", action);

    private static KeyPair Pair(XElement e) => new(e.Text("keyPairId") ?? "", e.Text("keyFingerprint") ?? "")
    {
        Name = e.Text("keyName") ?? "",
        Tags = e.List("tagSet", "item").ToImmutableSortedDictionary(t => t.Need("key"), t => t.Text("value") ?? "", StringComparer.Ordinal),
    };
}
