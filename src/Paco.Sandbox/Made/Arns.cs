using Paco.CloudFormation.Types;

namespace Paco.Sandbox.Made;

/// <summary>ARNs and ids in the forms of <see cref="ResourceFacts"/>, their open parts filled.</summary>
internal static class Arns
{
    /// <param name="id">The resource's name or id.</param>
    public static string Of(ResourceRequest m, string id)
    {
        var (service, kind) = m.Type.Split("::") is [_, var s, .., var l]
            ? (s.ToLowerInvariant(), l.ToLowerInvariant())
            : ("custom", m.Type);
        return m.Facts.Arn is { } form
            ? Fill(m, form, id)
            : $"arn:{m.Partition}:{service}:{(m.Facts.IsGlobal ? "" : m.Region)}:{m.Account}:{kind}/{id}";
    }

    /// <summary>A form with everything the request knows, and what is AWS's to choose made up.</summary>
    public static string Fill(ResourceRequest m, IdentifierFormat form, string id = "") =>
        form.Fill(part => Part(m, part, id)) ?? m.Seed.Uuid();

    private static string? Part(ResourceRequest m, string part, string id) => part switch
    {
        "account" => m.Account,
        "region" => m.Region,
        "partition" => m.Partition,
        "suffix" => SandboxContext.UrlSuffix(m.Region),
        "name" => Names.Of(m),
        "arn" => Of(m, Names.Of(m)),
        "id" => id,
        "uuid" => m.Seed.Uuid(),
        "ip" => $"{52 + m.Seed.Number(3)}.{m.Seed.Number(250, "b") + 1}.{m.Seed.Number(250, "c") + 1}.{m.Seed.Number(250, "d") + 1}",
        "balancer" => m.Text("Type") switch { "network" => "net", "gateway" => "gwy", _ => "app" },
        "gateway" => m.Properties.ContainsKey("InternetGatewayId") ? "IGW" : "VGW",
        _ => Chosen(m, part) ?? m.Text(part),
    };

    // "hex17": so many characters of a kind.
    private static string? Chosen(ResourceRequest m, string part)
    {
        var kind = part.AsSpan().TrimEnd("0123456789");
        return !int.TryParse(part.AsSpan(kind.Length), out var length) ? null : kind switch
        {
            "hex" => m.Seed.Hex(length),
            "mixed" => m.Seed.Mixed(length),
            "capitals" => m.Seed.Capitals(length),
            _ => null,
        };
    }
}
