using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Paco.Aws.Signing;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>Route 53 over REST-XML; one endpoint a partition. Source: Amazon Route 53 API Reference, 2013-04-01.</summary>
internal sealed partial class Route53Client(ServiceCaller caller) : IRoute53
{
    private const string Base = "/2013-04-01/hostedzone";
    private static readonly XNamespace Ns = "https://route53.amazonaws.com/doc/2013-04-01/";

    public Task UpsertRecord(string hostedZoneId, DnsRecord record, CancellationToken cancel) =>
        Change("UPSERT", hostedZoneId, record, cancel);

    public Task DeleteRecord(string hostedZoneId, DnsRecord record, CancellationToken cancel) =>
        Change("DELETE", hostedZoneId, record, cancel);

    public async Task<ImmutableArray<DnsRecord>> ListRecords(string hostedZoneId, CancellationToken cancel)
    {
        // The next page's first record is named by up to three members; the tab between them occurs in none.
        var all = await Pages.All(start => caller.Xml(
            Get("ListResourceRecordSets", RecordsPath(hostedZoneId), Start(start)),
            root => (root.List("ResourceRecordSets", "ResourceRecordSet").Select(Record), root.IsTrue("IsTruncated") ? Next(root) : null),
            cancel));
        return [.. all];
    }

    private Task Change(string action, string hostedZoneId, DnsRecord record, CancellationToken cancel)
    {
        var set = new XElement(
            Ns + "ResourceRecordSet",
            new XElement(Ns + "Name", record.Name),
            new XElement(Ns + "Type", record.Type),
            new XElement(Ns + "TTL", record.Ttl),
            new XElement(Ns + "ResourceRecords",
                record.Values.Select(v => new XElement(Ns + "ResourceRecord", new XElement(Ns + "Value", v)))));
        var change = new XElement(Ns + "Change", new XElement(Ns + "Action", action), set);
        var batch = new XElement(Ns + "ChangeBatch", new XElement(Ns + "Changes", change));
        return caller.Do(
            new WireRequest
            {
                Service = AwsService.Route53,
                Operation = "ChangeResourceRecordSets",
                Path = $"{RecordsPath(hostedZoneId)}/",
                Body = Encoding.UTF8.GetBytes(new XElement(Ns + "ChangeResourceRecordSetsRequest",
                    batch).ToString(SaveOptions.DisableFormatting)),
                ContentType = "application/xml",
                Repeatable = true,
            },
            cancel);
    }

    private static string RecordsPath(string zone) => $"{Base}/{Uri.EscapeDataString(zone)}/rrset";

    private static WireRequest Get(string operation, string path, ImmutableArray<Pair> query) => new()
    {
        Service = AwsService.Route53,
        Operation = operation,
        Method = HttpMethod.Get,
        Path = path,
        Query = query,
        Repeatable = true,
    };

    private static string Next(XElement root) =>
        $"{root.Text("NextRecordName")}\t{root.Text("NextRecordType")}\t{root.Text("NextRecordIdentifier")}";

    private static ImmutableArray<Pair> Start(string? start) => start?.Split('\t') switch
    {
        [var name, var type, ""] => [new("name", name), new("type", type)],
        [var name, var type, var identifier] => [new("name", name), new("type", type), new("identifier", identifier)],
        _ => [],
    };

    /// <summary>An alias has neither time nor values; both read as none.</summary>
    private static DnsRecord Record(XElement set) => new(
        Unescape(set.Need("Name")).TrimEnd('.'),
        set.Need("Type"),
        int.Parse(set.Text("TTL") ?? "0", CultureInfo.InvariantCulture),
        [.. set.List("ResourceRecords", "ResourceRecord").Select(r => r.Need("Value"))]);

    /// <summary>Route 53 writes what is no letter, digit, hyphen, underscore or dot in octal: <c>\052.example.com</c>.</summary>
    private static string Unescape(string name) =>
        Octal().Replace(name, m => ((char)Convert.ToInt32(m.Groups[1].Value, 8)).ToString());

    [GeneratedRegex(@"\\([0-3][0-7]{2})")]
    private static partial Regex Octal();
}
