using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Security Token Service: who am I, and becoming a role. Roles of any account may be assumed; policies are not looked
/// at.</summary>
internal sealed class Sts() : QueryService("sts", "https://sts.amazonaws.com/doc/2011-06-15/")
{
    protected override XElement? Do(Call call, QueryForm form) => call.Operation switch
    {
        "GetCallerIdentity" =>
            new("r", new XElement("Arn", call.Caller.Arn), new XElement("UserId", call.Caller.UserId),
            new XElement("Account", call.Account)),
        "AssumeRole" => AssumeRole(call, form),
        "GetSessionToken" => new("r", Credentials(call, call.Caller, form.Number("DurationSeconds") ?? 43200)),
        _ => throw AwsError.NotEmulated($"sts:{call.Operation}"),
    };

    private static XElement AssumeRole(Call call, QueryForm form)
    {
        var (role, session) = (form.Required("RoleArn"), form.Required("RoleSessionName"));
        if (role.Split(':') is not ["arn", var partition, "iam", "", { Length: 12 } account, var resource]
            || !account.All(char.IsAsciiDigit) || !resource.StartsWith("role/", StringComparison.Ordinal))
        {
            throw AwsError.Validation($"{role} is invalid");
        }

        if (form.Number("DurationSeconds") is < 900 or > 43200)
        {
            throw AwsError.Validation(
                "1 validation error detected: Value at 'durationSeconds' failed to satisfy constraint: Member must be between 900 and 43200");
        }

        var id = $"AROA{new DeterministicIds($"role {role}").Capitals(17)}:{session}";
        var caller = new CallingPrincipal(account,
            $"arn:{partition}:sts::{account}:assumed-role/{resource[(resource.LastIndexOf('/') + 1)..]}/{session}", id);
        return new(
            "r",
            Credentials(call, caller, form.Number("DurationSeconds") ?? 3600),
            new XElement("AssumedRoleUser", new XElement("AssumedRoleId", id), new XElement("Arn", caller.Arn)));
    }

    private static XElement Credentials(Call call, CallingPrincipal caller, int seconds)
    {
        var key = Sessions.Open(call.Store, caller, call.Now, seconds);
        var seed = new DeterministicIds($"session secret {key}");
        return new(
            "Credentials",
            new XElement("AccessKeyId", key),
            new XElement("SecretAccessKey", seed.Mixed(40)),
            new XElement("SessionToken", seed.Mixed(120, "token")),
            new XElement("Expiration", call.Now.AddSeconds(seconds).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ")));
    }
}
