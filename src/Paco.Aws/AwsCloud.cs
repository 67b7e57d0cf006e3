using System.Collections.Concurrent;
using System.Collections.Immutable;
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
public sealed class AwsCloud : ICloud, IAccountAccess, IDisposable
{
    // A machine in a network without a way to Organizations must not wait for it long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly AwsOptions _options;
    private readonly Endpoints _endpoints;
    private readonly Transport _transport;
    private readonly Retry _retry;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Conversation _conversation;
    private readonly KeyCache _baseKeys;
    private readonly Limiter _startLimiter;
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
        _startLimiter = new Limiter(options.ConcurrentCalls);
        var cache = new SessionCache(options, _endpoints.Custom(AwsService.Sts)?.Authority ?? Partition.Of(options.Region).Name);
        _conversation = new Conversation(options, config, _transport, cache,
            (keys, region) => new ServiceCaller(_transport, keys, region, _startLimiter, _retry));
        var credentials = new BaseCredentials(_conversation);
        _baseKeys = new KeyCache(credentials.Fetch, options.Clock, _lifetime.Token);
        _sessions = options.Accounts.ToDictionary(
            a => a.Name,
            a => new AccountSession(_conversation, a, _baseKeys, credentials, _lifetime.Token),
            StringComparer.Ordinal);
    }

    /// <summary>Reads settings and opens nothing; throws <see cref="CloudException"/> where a configured endpoint is no address.</summary>
    public static AwsCloud Create(AwsOptions options) => new(options);

    /// <summary>Where requests go, in words: <c>aws</c>, <c>http://127.0.0.1:4566</c>.</summary>
    public string Target => _endpoints.Target(_options.Region);

    /// <summary>Requests go to AWS's own addresses, and to no other that somebody configured.</summary>
    public bool IsAws => _options.Handler is null && Target == Partition.Of(_options.Region).Name;

    /// <summary>The id of an account: what the project states, or where it states none what AWS said at signing in; else null.</summary>
    public string? AccountId(string account) => _sessions.GetValueOrDefault(account)?.AccountId;

    public async Task SignIn(IReadOnlyCollection<string> accounts, CancellationToken cancel)
    {
        var organization = Organization(accounts, cancel);
        try
        {
            await CloudException.WhenAll(accounts.Select(name => Session(name).Keys(cancel)));
        }
        catch (CloudException e)
        {
            await ThrowIfMistaken(accounts, organization);
            throw AccountNames.Asleep(_options.Accounts, await organization, e) ?? e;
        }
        await ThrowIfMistaken(accounts, organization);
    }

    private async Task ThrowIfMistaken(IReadOnlyCollection<string> accounts, Task<ImmutableArray<OrganizationAccount>> organization)
    {
        if (AccountNames.Mistaken(_options.Accounts, accounts, await organization) is { } mistaken)
            throw mistaken;
    }

    // The accounts as the organization knows them; none where these credentials may not ask, or there is nothing to mix up.
    // Nobody is signed in to for the question: it is asked with the keys everything starts from, or those of the management account
    // where that is entered anyway.
    private async Task<ImmutableArray<OrganizationAccount>> Organization(IReadOnlyCollection<string> accounts, CancellationToken cancel)
    {
        if (_options.Accounts.Select(a => a.Id).OfType<string>().Distinct().Count() < 2)
        {
            return [];
        }

        var keys = accounts.Contains(_options.ManagementAccount) ? Session(_options.ManagementAccount) : (IKeySource)_baseKeys;
        try
        {
            // Somebody may have to look for an MFA device first, and that takes as long as it takes.
            await keys.Keys(cancel);
            using var patience = new CancellationTokenSource(Patience, _options.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
            return await new OrganizationsClient(new ServiceCaller(_transport, keys, _options.Region, _startLimiter, _retry))
                .ListAccounts(either.Token);
        }
        catch (Exception e) when (e is CloudException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return [];
        }
    }

    /// <inheritdoc />
    public async Task<AccountIdentity> Identity(string account, CancellationToken cancel)
    {
        var session = Session(account);
        await session.Keys(cancel);
        return session.Identity!;
    }

    /// <inheritdoc />
    public Task<ImmutableSortedDictionary<string, string>> RegionStates(Place place, CancellationToken cancel) =>
        new AccountAccessClient(CallerAt(place)).DescribeRegions(cancel);

    /// <inheritdoc />
    public Task ValidateTemplate(Place place, string template, CancellationToken cancel) =>
        new AccountAccessClient(CallerAt(place)).ValidateTemplate(template, cancel);

    /// <inheritdoc />
    public Task<ImmutableSortedDictionary<string, string>> Simulate(Place place, string principal, ImmutableArray<string> actions,
        CancellationToken cancel) => new AccountAccessClient(CallerAt(place)).SimulatePrincipalPolicy(principal, actions, cancel);

    public ICloudFormation CloudFormation(Place place) => new CloudFormationClient(CallerAt(place));

    public IEc2 Ec2(Place place) => new Ec2Client(CallerAt(place));

    public IAutoScaling AutoScaling(Place place) => new AutoScalingClient(CallerAt(place));

    public ISsm Ssm(Place place) => new SsmClient(CallerAt(place));

    public IS3 S3(Place place)
    {
        var session = Session(place.Account);
        return new S3Client(CallerAt(place), _endpoints, () => session.AccountId);
    }

    public IRoute53 Route53(Place place) => new Route53Client(CallerAt(place));

    public ICloudControl CloudControl(Place place) => new CloudControlClient(CallerAt(place));

    public IAcm Acm(Place place) => new AcmClient(CallerAt(place));

    public ISns Sns(Place place) => new SnsClient(CallerAt(place));

    public ICloudWatch CloudWatch(Place place) => new CloudWatchClient(CallerAt(place));

    public ICloudWatchLogs CloudWatchLogs(Place place) => new CloudWatchLogsClient(CallerAt(place));

    public ICodeConnections CodeConnections(Place place) => new CodeConnectionsClient(CallerAt(place));

    public IBackup Backup(Place place) => new BackupClient(CallerAt(place));

    public IEcr Ecr(Place place) => new EcrClient(CallerAt(place));

    public IIam Iam(Place place) => new IamClient(CallerAt(place));

    public ISecretsManager SecretsManager(Place place) => new SecretsManagerClient(CallerAt(place));

    public IOrganizations Organizations(Place place) => new OrganizationsClient(CallerAt(place));

    public void Dispose()
    {
        _lifetime.Cancel();
        _conversation.Dispose();
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
