using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Certificate Manager. A certificate is issued once its CNAMEs answer, whoever wrote them.</summary>
internal sealed class Acm() : JsonService("acm")
{
    private const string Type = "AWS::CertificateManager::Certificate";

    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "ListCertificates" => List(call, body),
        "DescribeCertificate" => new JsonObject { ["Certificate"] = Describe(Find(call, body)) },
        "RequestCertificate" => Request(call, body),
        "DeleteCertificate" => Delete(call, body),
        _ => throw AwsError.NotEmulated($"acm:{call.Operation}"),
    };

    private static JsonObject List(Call call, JsonObject body)
    {
        var wanted = (body["CertificateStatuses"] as JsonArray)?.Select(s => s!.ToString()).ToList();
        var all = call.Store.OfType(call.Account, call.Region, Type).Select(c => Refresh(call, c))
            .Where(c => wanted is null || wanted.Contains(Status(c))).ToList();
        var (page, next) = Page(all, body, "MaxItems", 100);
        return new()
        {
            ["CertificateSummaryList"] = new JsonArray([.. page.Select(c => (JsonNode)new JsonObject
            {
                ["CertificateArn"] = c.Physical,
                ["DomainName"] = c.Properties["DomainName"]?.ToString(),
                ["Status"] = Status(c),
                ["KeyAlgorithm"] = "RSA-2048",
                ["Type"] = "AMAZON_ISSUED",
            })]),
            ["NextToken"] = next,
        };
    }

    private static JsonObject Request(Call call, JsonObject body)
    {
        var domain = Required(body, "DomainName");
        var token = body["IdempotencyToken"]?.ToString();
        var count = call.Store.OfType(call.Account, call.Region, Type).Count;
        var properties = new JsonObject { ["DomainName"] = domain, ["ValidationMethod"] = body["ValidationMethod"]?.ToString() ?? "EMAIL" };
        if (body["SubjectAlternativeNames"] is JsonArray names)
        {
            properties["SubjectAlternativeNames"] = names.DeepClone();
        }

        var wanted = ResourceRequest.ForApi(call, Type, properties, $"{domain} {token ?? $"{count}"}");
        var known = call.Store.Find(call.Account, call.Region, Type, PhysicalIds.Of(wanted));
        return new() { ["CertificateArn"] = (known ?? ResourceHandler.Of(Type).Create(wanted)).Physical };
    }

    private static JsonObject Delete(Call call, JsonObject body)
    {
        var it = Find(call, body);
        ResourceHandler.Of(Type).Delete(call.Store, it);
        return [];
    }

    private static LiveResource Find(Call call, JsonObject body)
    {
        var arn = Required(body, "CertificateArn");
        var it = call.Store.Find(call.Account, call.Region, Type, arn)
            ?? throw new AwsError("ResourceNotFoundException", $"Could not find certificate {arn}.");
        return Refresh(call, it);
    }

    private static LiveResource Refresh(Call call, LiveResource it)
    {
        ResourceHandler.Of(Type).IsReady(call.Store, it, call.Now);
        return call.Store.Find(it.Account, it.Region, it.Type, it.Physical)!;
    }

    private static string Status(LiveResource it) => it.Attributes["Status"]!.ToString();

    private static JsonObject Describe(LiveResource it)
    {
        var validations = CertificateHandler.Validations(it).ToList();
        var issued = Status(it) == "ISSUED";
        return new()
        {
            ["CertificateArn"] = it.Physical,
            ["DomainName"] = it.Properties["DomainName"]?.ToString(),
            ["SubjectAlternativeNames"] = new JsonArray([.. validations.Select(v => JsonValue.Create(v["DomainName"]!.ToString()))]),
            ["DomainValidationOptions"] = new JsonArray([.. validations.Select(v => (JsonNode)Validation(v, issued))]),
            ["Status"] = Status(it),
            ["Type"] = "AMAZON_ISSUED",
            ["KeyAlgorithm"] = "RSA-2048",
            ["CreatedAt"] = Seconds(it.Created),
            ["InUseBy"] = new JsonArray(),
            ["RenewalEligibility"] = issued ? "ELIGIBLE" : "INELIGIBLE",
        };
    }

    private static JsonObject Validation(JsonObject v, bool issued)
    {
        var option = new JsonObject
        {
            ["DomainName"] = v["DomainName"]!.ToString(),
            ["ValidationStatus"] = issued ? "SUCCESS" : "PENDING_VALIDATION",
            ["ValidationMethod"] = v["Value"] is null ? "EMAIL" : "DNS",
        };
        if (v["Value"] is { } value)
        {
            option["ResourceRecord"] =
                new JsonObject { ["Name"] = v["Name"]!.ToString(), ["Type"] = "CNAME", ["Value"] = value.ToString() };
        }

        return option;
    }
}
