using System.Collections.Concurrent;
using System.Security.Cryptography;
using Paco.Aws.Services;
using Paco.Aws.SignIn;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws;

/// <summary>
/// AWS, or whatever speaks its protocols, over signed HTTP. One session an account and one limit of calls an account and
/// region are shared by all tasks. Every failure is a <see cref="CloudException"/>.
/// </summary>
public sealed class AwsCloud : ICloud, IDisposable
{
    private readonly AwsOptions _options;
    private readonly Endpoints _endpoints;
    private readonly Transport _transport;
    private readonly Retry _retry;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Dictionary<string, AccountSession> _sessions;
    private readonly ConcurrentDictionary<string, Limiter> _limiters = new(StringComparer.Ordinal);

    private AwsCloud(AwsOptions options)
    {
        _options = options;
        var config = new Lazy<AwsConfig>(() => AwsConfig.Read(options.Environment));
        _endpoints = new Endpoints(options, config);
        _transport = new Transport(options, _endpoints);
        _retry = new Retry(options.Clock, RetryPolicy.Request,
            new Random(options.JitterSeed ?? RandomNumberGenerator.GetInt32(int.MaxValue)));
        var credentials = new BaseCredentials(options, config);
        var baseKeys = new KeyCache(credentials.Fetch, options.Clock, _lifetime.Token);
        var limiter = new Limiter(options.ConcurrentCalls);
        var sts = new Sts(keys => new ServiceCaller(_transport, keys, options.Region, limiter, _retry));
        _sessions = options.Accounts.ToDictionary(
            a => a.Name,
            a => new AccountSession(options, a, sts, baseKeys, credentials, _lifetime.Token),
            StringComparer.Ordinal);
    }

    /// <summary>Reads settings and opens nothing; throws <see cref="CloudException"/> where a configured endpoint is no address.</summary>
    public static AwsCloud Create(AwsOptions options) => new(options);

    public Task SignIn(IReadOnlyCollection<string> accounts, CancellationToken cancel) =>
        CloudException.WhenAll(accounts.Select(name => Session(name).Keys(cancel)));

    public ICloudFormation CloudFormation(Place place) => new CloudFormationClient(CallerAt(place));

    public IEc2 Ec2(Place place) => new Ec2Client(CallerAt(place));

    public ISsm Ssm(Place place) => new SsmClient(CallerAt(place));

    public IS3 S3(Place place)
    {
        var session = Session(place.Account);
        return new S3Client(CallerAt(place), _endpoints, () => session.AccountId);
    }

    public IRoute53 Route53(Place place) => new Route53Client(CallerAt(place));

    public ICloudControl CloudControl(Place place) => new CloudControlClient(CallerAt(place));

    public IAcm Acm(Place place) => new AcmClient(CallerAt(place));

    public IOrganizations Organizations(Place place) => new OrganizationsClient(CallerAt(place));

    public void Dispose()
    {
        _lifetime.Cancel();
        _transport.Dispose();
        _lifetime.Dispose();
    }

    internal ServiceCaller CallerAt(Place place)
    {
        var session = Session(place.Account);
        var limiter = _limiters.GetOrAdd(place.ToString(), _ => new Limiter(_options.ConcurrentCalls));
        return new ServiceCaller(_transport, session, place.Region, limiter, _retry, () => (place.Account, session.AccountId));
    }

    private AccountSession Session(string account) => _sessions.GetValueOrDefault(account) ?? throw new CloudException(
        CloudErrorKind.NotFound,
        "NoAccount",
        $"The project has no account called \"{account}\"; it has {string.Join(", ", _options.Accounts.Select(a => a.Name))}.",
        "aws:SignIn");
}
