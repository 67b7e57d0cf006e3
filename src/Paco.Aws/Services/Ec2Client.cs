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

    /// <summary>Not repeatable: a second try would find the name taken and the only private key lost.</summary>
    public Task<NewKeyPair> CreateKeyPair(string keyName, CancellationToken cancel) => caller.Xml(
        Form("CreateKeyPair").Add("KeyName", keyName).Add("KeyType", "rsa").Add("KeyFormat", "pem").ToRequest(repeatable: false),
        root => new NewKeyPair(Pair(root), new Secret(root.Need("keyMaterial"))),
        cancel);

    public Task DeleteKeyPair(string keyName, CancellationToken cancel) =>
        caller.Send(Form("DeleteKeyPair").Add("KeyName", keyName).ToRequest(repeatable: true), cancel);

    private static QueryForm Form(string action) => new(AwsService.Ec2, "2016-11-15", action);

    private static KeyPair Pair(System.Xml.Linq.XElement e) => new(e.Text("keyFingerprint") ?? "");
}
