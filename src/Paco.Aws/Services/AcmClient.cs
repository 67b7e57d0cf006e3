using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>Certificate Manager over JSON 1.1. Source: AWS Certificate Manager API Reference, 2015-12-08.</summary>
internal sealed class AcmClient(ServiceCaller caller) : IAcm
{
    /// <summary>Unasked, ACM lists RSA keys of 1024 and 2048 bits only and hides the rest.</summary>
    private static readonly string[] KeyTypes =
        ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];

    public async Task<ImmutableArray<CertificateSummary>> ListCertificates(CancellationToken cancel)
    {
        var all = await Pages.All(token => caller.Json(
            Request("ListCertificates", ListBody(token)),
            root => (Summaries(root).AsEnumerable(), root.Text("NextToken")),
            cancel));
        return [.. all];
    }

    public async Task<Certificate?> DescribeCertificate(string arn, CancellationToken cancel)
    {
        try
        {
            var request = Request("DescribeCertificate", new JsonObject { ["CertificateArn"] = arn });
            return await caller.Json(request, root => Read(root.GetProperty("Certificate")), cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    private static WireRequest Request(string operation, JsonObject body) =>
        WireRequest.Json(AwsService.Acm, "CertificateManager", operation, body, repeatable: true);

    private static JsonObject ListBody(string? token)
    {
        var types = new JsonArray([.. KeyTypes.Select(t => (JsonNode)JsonValue.Create(t)!)]);
        var body = new JsonObject { ["Includes"] = new JsonObject { ["keyTypes"] = types } };
        if (token is not null)
        {
            body["NextToken"] = token;
        }

        return body;
    }

    private static ImmutableArray<CertificateSummary> Summaries(JsonElement root) =>
        [.. root.List("CertificateSummaryList").Select(c => new CertificateSummary(c.Need("CertificateArn"), c.Need("DomainName")))];

    private static Certificate Read(JsonElement c) => new(
        c.Need("CertificateArn"),
        c.Need("DomainName"),
        c.Need("Status"),
        c.Text("FailureReason"),
        [.. c.List("DomainValidationOptions").Select(Validation)]);

    private static DomainValidation Validation(JsonElement v) => new(
        v.Need("DomainName"),
        v.TryGetProperty("ResourceRecord", out var record) && record.ValueKind == JsonValueKind.Object
            ? new DnsRecord(record.Need("Name").TrimEnd('.'), record.Need("Type"), 300, [record.Need("Value")])
            : null);
}
