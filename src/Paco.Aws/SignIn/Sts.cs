using Paco.Aws.Wire;
using Paco.Diagnostics;

namespace Paco.Aws.SignIn;

/// <summary>Who a set of keys belongs to.</summary>
internal sealed record CallerIdentity(string Account, string Arn);

/// <summary>Security Token Service, at the region's own endpoint. Source: STS API Reference, 2011-06-15.</summary>
internal sealed class Sts(Func<IKeySource, ServiceCaller> callerWith)
{
    private const string Version = "2011-06-15";

    public Task<CallerIdentity> GetCallerIdentity(IKeySource keys, CancellationToken cancel) =>
        callerWith(keys).Xml(
            new QueryForm(AwsService.Sts, Version, "GetCallerIdentity").ToRequest(repeatable: true),
            root =>
            {
                var result = root.Within("GetCallerIdentityResult");
                return new CallerIdentity(result.Need("Account"), result.Need("Arn"));
            },
            cancel);

    /// <summary>A session of an hour, which is also the most a role assumed from a role may have.</summary>
    public Task<AwsKeys> AssumeRole(IKeySource keys, string roleArn, string sessionName, CancellationToken cancel) =>
        callerWith(keys).Xml(
            new QueryForm(AwsService.Sts, Version, "AssumeRole")
                .Add("RoleArn", roleArn)
                .Add("RoleSessionName", sessionName)
                .Add("DurationSeconds", "3600")
                .ToRequest(repeatable: true, answersSecret: true),
            root =>
            {
                var keysOf = root.Within("Credentials");
                return new AwsKeys(
                    keysOf.Need("AccessKeyId"),
                    new Secret(keysOf.Need("SecretAccessKey")),
                    new Secret(keysOf.Need("SessionToken")),
                    WireXml.Time(keysOf.Need("Expiration")));
            },
            cancel);
}
