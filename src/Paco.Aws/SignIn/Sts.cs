using System.Globalization;
using System.Xml.Linq;
using Paco.Aws.Wire;
using Paco.Diagnostics;

namespace Paco.Aws.SignIn;

/// <summary>Who a set of keys belongs to.</summary>
/// <param name="Account">12 digits.</param>
/// <param name="Arn">The user's or the assumed role's.</param>
/// <param name="ClockAhead">How far this machine's clock is ahead of AWS's, as far as the answer said.</param>
internal sealed record CallerIdentity(string Account, string Arn, TimeSpan? ClockAhead);

/// <summary>A role to be assumed.</summary>
internal sealed record RoleRequest(string Arn, string SessionName, TimeSpan Duration)
{
    public string? ExternalId { get; init; }

    /// <summary>The MFA device with its code, where the role insists on one.</summary>
    public (string Serial, string Code)? Mfa { get; init; }
}

/// <summary>Security Token Service, at the region's own endpoint. Source: STS API Reference, 2011-06-15.</summary>
internal sealed class Sts(Func<IKeySource, ServiceCaller> callerWith)
{
    private const string Version = "2011-06-15";

    public Task<CallerIdentity> GetCallerIdentity(IKeySource keys, CancellationToken cancel) =>
        callerWith(keys).Answer(
            new QueryForm(AwsService.Sts, Version, "GetCallerIdentity").ToRequest(repeatable: true),
            response =>
            {
                var result = WireXml.Parse(response.Body).Within("GetCallerIdentityResult");
                return new CallerIdentity(result.Need("Account"), result.Need("Arn"), response.ClockAhead);
            },
            cancel);

    /// <summary>A code counts once, so a call with one is not repeated.</summary>
    public Task<AwsKeys> AssumeRole(IKeySource keys, RoleRequest role, CancellationToken cancel) => callerWith(keys).Xml(
        new QueryForm(AwsService.Sts, Version, "AssumeRole")
            .Add("RoleArn", role.Arn)
            .Add("RoleSessionName", role.SessionName)
            .Add("DurationSeconds", Seconds(role.Duration))
            .Add("ExternalId", role.ExternalId)
            .Add("SerialNumber", role.Mfa?.Serial)
            .Add("TokenCode", role.Mfa is { } mfa ? new Secret(mfa.Code) : null)
            .ToRequest(repeatable: role.Mfa is null, answersSecret: true),
        Session,
        cancel);

    /// <summary>A session of a user that has shown an MFA device: what insists on one takes it.</summary>
    public Task<AwsKeys> GetSessionToken(IKeySource keys, string serial, string code, TimeSpan duration, CancellationToken cancel) =>
        callerWith(keys).Xml(
            new QueryForm(AwsService.Sts, Version, "GetSessionToken")
                .Add("DurationSeconds", Seconds(duration))
                .Add("SerialNumber", serial)
                .Add("TokenCode", new Secret(code))
                .ToRequest(repeatable: false, answersSecret: true),
            Session,
            cancel);

    /// <summary>A role for whoever an identity provider vouches for with a token.</summary>
    public Task<AwsKeys> AssumeRoleWithWebIdentity(string roleArn, string sessionName, Secret token, CancellationToken cancel) =>
        callerWith(FixedKeys.Nobody).Xml(
            new QueryForm(AwsService.Sts, Version, "AssumeRoleWithWebIdentity")
                .Add("RoleArn", roleArn)
                .Add("RoleSessionName", sessionName)
                .Add("WebIdentityToken", token)
                .ToRequest(repeatable: true, answersSecret: true) with { IsUnsigned = true },
            Session,
            cancel);

    private static string Seconds(TimeSpan time) => ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static AwsKeys Session(XElement root)
    {
        var keys = root.Within("Credentials");
        return new AwsKeys(
            keys.Need("AccessKeyId"),
            new Secret(keys.Need("SecretAccessKey")),
            new Secret(keys.Need("SessionToken")),
            WireXml.Time(keys.Need("Expiration")));
    }
}
