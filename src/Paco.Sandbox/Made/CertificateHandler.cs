using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// A certificate is issued when every name's CNAME answers in some public zone of the sandbox. With e-mail validation nobody
/// answers, and it stays pending, as on AWS.
/// </summary>
internal sealed class CertificateHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        var it = Identify(m) with { Scope = null, Name = null };
        var dns = m.Text("ValidationMethod") == "DNS";
        var others = m.Properties["SubjectAlternativeNames"] as JsonArray ?? [];
        var names = others.Select(Json.Scalar).Prepend(m.Text("DomainName") ?? "").Distinct().ToList();
        it.Attributes["Status"] = "PENDING_VALIDATION";
        it.Attributes["Validations"] = new JsonArray([.. names.Select(name => Validation(m, name, dns))]);
        m.Store.Insert(it);
        WriteRecords(m, it);
        return it;
    }

    public override bool IsReady(Store store, LiveResource it, DateTimeOffset now)
    {
        var fresh = store.Find(it.Account, it.Region, it.Type, it.Physical) ?? it;
        if (fresh.Attributes["Status"]?.ToString() == "ISSUED")
        {
            return true;
        }

        if (!Validations(fresh)
            .All(v => v["Value"] is not null && DnsRecords.Resolves(store, v["Name"]!.ToString(), v["Value"]!.ToString())))
        {
            return false;
        }

        fresh.Attributes["Status"] = "ISSUED";
        fresh.Attributes["IssuedAt"] = now.ToUnixTimeMilliseconds();
        store.Insert(fresh);
        return true;
    }

    public static IEnumerable<JsonObject> Validations(LiveResource it) =>
        it.Attributes["Validations"]!.AsArray().Select(v => v!.AsObject());

    /// <summary>The same name has the same record in one account, whichever certificate asks; a wildcard shares its parent's.</summary>
    private static JsonObject Validation(ResourceRequest m, string name, bool dns)
    {
        var parent = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
        var seed = new DeterministicIds($"acm {m.Account} {parent}");
        var validation = new JsonObject { ["DomainName"] = name };
        if (dns)
        {
            validation["Name"] = $"_{seed.Hex(32)}.{parent}.";
            validation["Value"] = $"_{seed.Hex(32, "v")}.{seed.Hex(10, "z")}.acm-validations.aws.";
        }

        return validation;
    }

    /// <summary>With a HostedZoneId CloudFormation writes the records itself.</summary>
    private static void WriteRecords(ResourceRequest m, LiveResource it)
    {
        foreach (var option in (m.Properties["DomainValidationOptions"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            var zone = option["HostedZoneId"]?.ToString();
            if (zone is null || m.Store.Find(m.Account, ResourceRegions.Global, "AWS::Route53::HostedZone", zone) is null)
            {
                continue;
            }

            foreach (var v in Validations(it)
                .Where(v => v["DomainName"]!.ToString() == option["DomainName"]?.ToString() && v["Value"] is not null))
            {
                DnsRecords.Put(m.Store, zone, v["Name"]!.ToString(), "CNAME", "", DnsRecords.Of(300, [v["Value"]!.ToString()]));
            }
        }
    }
}
