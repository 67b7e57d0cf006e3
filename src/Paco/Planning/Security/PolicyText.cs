using System.Collections.Immutable;
using Paco.CloudFormation;

namespace Paco.Planning.Security;

/// <summary>Reads policy documents: a map, or JSON as text.</summary>
internal static class PolicyText
{
    public const string Anybody = "anybody";

    // Conditions on these say who, whatever the principal is; on others ("over TLS", "before noon") anybody may still come.
    private static readonly string[] WhoKeys =
    [
        "aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourceip", "aws:sourcevpc", "aws:sourcevpce",
        "aws:principalarn", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths", "aws:userid", "aws:username",
        "kms:calleraccount", "lambda:functionurlauthtype", "saml:aud", "s3:dataaccesspointaccount",
    ];

    public static IEnumerable<Statement> Statements(Value? document, DisplayValues reading) =>
        Document(document) is { } policy ? DisplayValues.Items(policy["Statement"]).OfType<MapValue>().Select(s => Of(s, reading)) : [];

    private static MapValue? Document(Value? document) => document switch
    {
        MapValue map => map,
        TextValue { Text: ['{' or ' ' or '\n', ..] text } => TemplateReader.Read(text),
        _ => null,
    };

    private static Statement Of(MapValue statement, DisplayValues reading)
    {
        var conditions = Conditions(statement["Condition"], reading).ToList();
        return new Statement
        {
            Allows = reading.Text(statement["Effect"]) != "Deny",
            NotActions = statement["NotAction"] is not null,
            Actions = Sorted(reading.Texts(statement["Action"] ?? statement["NotAction"])),
            NotResources = statement["NotResource"] is not null,
            Resources = Sorted(reading.Texts(statement["Resource"] ?? statement["NotResource"])),
            NotPrincipals = statement["NotPrincipal"] is not null,
            Principals = Sorted(Principals(statement["Principal"] ?? statement["NotPrincipal"], reading)),
            Conditions = Sorted(conditions.Select(c => c.Text)),
            SaysWho = conditions.Exists(c => c.SaysWho),
        };
    }

    private static IEnumerable<string> Principals(Value? value, DisplayValues reading) => value switch
    {
        MapValue map =>
            map.SelectMany(kind => reading.Texts(kind.Value).Select(p => kind.Key == "AWS" ? Account(p, reading) : p == "*" ? Anybody : p)),
        _ => reading.Texts(value).Select(p => Account(p, reading)),
    };

    /// <summary>An account is written as its number or as the ARN of its root, which is not the root user but everybody it lets.</summary>
    public static string Account(string principal, DisplayValues reading) => principal switch
    {
        "*" => Anybody,
        { Length: 12 } when principal.All(char.IsAsciiDigit) => principal == reading.AccountId ? "this account" : $"account {principal}",
        _ when principal.EndsWith("${AWS::AccountId}:root", StringComparison.Ordinal) || principal == "${AWS::AccountId}" => "this account",
        _ when principal.Split(':') is [.., "iam", "", { Length: 12 } account, "root"] => Account(account, reading),
        _ => principal,
    };

    private static IEnumerable<(string Text, bool SaysWho)> Conditions(Value? value, DisplayValues reading) =>
        from test in value as MapValue ?? []
        from key in test.Value as MapValue ?? []
        let values = Sorted(reading.Texts(key.Value))
        select ($"{key.Key} {test.Key} {string.Join(" or ", values)}", IsWho(test.Key, key.Key, values));

    private static bool IsWho(string test, string key, ImmutableArray<string> values) =>
        !test.Contains("Not", StringComparison.Ordinal) && !test.EndsWith("IfExists", StringComparison.Ordinal) && test != "Null"
        && !test.StartsWith("ForAllValues", StringComparison.Ordinal)
        && (WhoKeys.Contains(key.ToLowerInvariant()) || key.EndsWith(":sub", StringComparison.Ordinal)
            || key.EndsWith(":aud", StringComparison.Ordinal))
        && !values.Any(v => v == "*" || Internet.Is(v));

    private static ImmutableArray<string> Sorted(IEnumerable<string> texts) => [.. texts.Distinct().Order(StringComparer.Ordinal)];
}
