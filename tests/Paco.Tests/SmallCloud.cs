using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Tests;

/// <summary>
/// A cloud of three services, in memory, for actions: one stack with one certificate, one zone, one key pair. It answers
/// every account alike and notes where each call went. Whatever else is asked of it throws.
/// </summary>
internal sealed class SmallCloud : ICloud, IEc2, IRoute53, IAcm, ICloudFormation, ISns, ICodeConnections
{
    private Place _place;

    public List<string> Calls { get; } = [];

    public Dictionary<string, KeyPair> KeyPairs { get; } = [];

    public StackStatus? Stack { get; set; }

    public IOrganizations? Company { get; init; }

    /// <summary>The certificate at each look: the last one stays.</summary>
    public Queue<Certificate?> Certificates { get; } = new();

    public string? PhysicalId { get; set; } = "arn:aws:acm:us-west-2:222222222222:certificate/1";

    public ImmutableArray<DnsRecord> Zone { get; set; } = [];

    /// <summary>Records whose names the zone refuses.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;

    public ICloudFormation CloudFormation(Place place) => At(place);

    public IEc2 Ec2(Place place) => At(place);

    public IRoute53 Route53(Place place) => At(place);

    public IAcm Acm(Place place) => At(place);

    public ISns Sns(Place place) => At(place);

    public ICloudWatchLogs CloudWatchLogs(Place place) => Logs ?? throw new NotSupportedException();

    public ICloudWatchLogs? Logs { get; init; }

    public ICodeConnections CodeConnections(Place place) => At(place);

    /// <summary>The connections there are, by ARN.</summary>
    public Dictionary<string, CodeConnection> Connections { get; } = [];

    public Task<CodeConnection?> GetConnection(string arn, CancellationToken cancel)
    {
        Calls.Add($"GetConnection in {_place}");
        return Task.FromResult(Connections.GetValueOrDefault(arn));
    }

    public IBackup Backup(Place place) => throw new NotSupportedException();

    public IEcr Ecr(Place place) => throw new NotSupportedException();

    public IAutoScaling AutoScaling(Place place) => throw new NotSupportedException();

    /// <summary>Who is subscribed to every topic.</summary>
    public ImmutableArray<TopicSubscription> Subscriptions { get; set; } = [];

    public Task<ImmutableArray<TopicSubscription>> ListSubscriptionsByTopic(string topicArn, CancellationToken cancel) =>
        Task.FromResult(Subscriptions);

    public Task<ImmutableArray<Instance>> DescribeInstances(IReadOnlyCollection<string> ids, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<KeyPair?> DescribeKeyPair(string keyName, CancellationToken cancel) => Task.FromResult(KeyPairs.GetValueOrDefault(keyName));

    public Task<ImmutableArray<KeyPair>> DescribeKeyPairs(KeyValuePair<string, string> tag, CancellationToken cancel)
    {
        Calls.Add($"DescribeKeyPairs {tag.Value} in {_place}");
        return Task.FromResult<ImmutableArray<KeyPair>>([.. KeyPairs.Values.Where(p => p.Tags.Contains(tag))]);
    }

    public Task<NewKeyPair> CreateKeyPair(string keyName, ImmutableArray<KeyValuePair<string, string>> tags, CancellationToken cancel)
    {
        Calls.Add($"CreateKeyPair {keyName} {string.Join(' ', tags.Select(t => t.Value))} in {_place}");
        KeyPairs[keyName] = new KeyPair($"key-{keyName}", "aa:bb") { Name = keyName, Tags = ImmutableSortedDictionary.CreateRange(tags) };
        return Task.FromResult(new NewKeyPair(KeyPairs[keyName], new Secret("-----BEGIN")));
    }

    public Task CreateTag(string resourceId, KeyValuePair<string, string> tag, CancellationToken cancel)
    {
        Calls.Add($"CreateTag {tag.Value} of {resourceId} in {_place}");
        var name = resourceId["key-".Length..];
        KeyPairs[name] = KeyPairs[name] with { Tags = KeyPairs[name].Tags.SetItem(tag.Key, tag.Value) };
        return Task.CompletedTask;
    }

    public Task DeleteKeyPair(string keyName, CancellationToken cancel)
    {
        Calls.Add($"DeleteKeyPair {keyName} in {_place}");
        KeyPairs.Remove(keyName);
        return Task.CompletedTask;
    }

    public Task<DeployedStack?> DescribeStack(string stackName, CancellationToken cancel) =>
        Task.FromResult(Stack is not { } status ? null : new DeployedStack
        {
            StackId = stackName,
            StackName = stackName,
            Status = status,
            Parameters = ImmutableSortedDictionary<string, string>.Empty,
            Outputs = ImmutableSortedDictionary<string, string>.Empty,
            Tags = ImmutableSortedDictionary<string, string>.Empty,
            CreationTime = DateTimeOffset.UnixEpoch,
        });

    /// <summary>What is listed in an account and region; it may throw.</summary>
    public Func<Place, ImmutableArray<DeployedStack>> Listed { get; set; } = _ => throw new NotSupportedException();

    public Task<ImmutableArray<DeployedStack>> DescribeStacks(CancellationToken cancel)
    {
        Calls.Add($"DescribeStacks in {_place}");
        return Task.FromResult(Listed(_place));
    }

    public Task<ImmutableArray<StackResource>> DescribeStackResources(string stackName, CancellationToken cancel) =>
        Task.FromResult<ImmutableArray<StackResource>>([new("Certificate", PhysicalId ?? "", "AWS::CertificateManager::Certificate",
            "CREATE_IN_PROGRESS")]);

    public Task<ImmutableArray<CertificateSummary>> ListCertificates(CancellationToken cancel) =>
        Task.FromResult<ImmutableArray<CertificateSummary>>(Certificates.TryPeek(out var c) && c is not null
            ? [new(c.Arn, c.DomainName)]
            : []);

    public Task<Certificate?> DescribeCertificate(string arn, CancellationToken cancel) =>
        Task.FromResult(Certificates.Count > 1 ? Certificates.Dequeue() : Certificates.Peek());

    public Task<ImmutableArray<DnsRecord>> ListRecords(string hostedZoneId, CancellationToken cancel) => Task.FromResult(Zone);

    public Task UpsertRecord(string hostedZoneId, DnsRecord record, CancellationToken cancel)
    {
        if (Refuses(record.Name))
        {
            throw new CloudException(CloudErrorKind.Refused, "InvalidChangeBatch", $"{record.Name} is not permitted in this zone",
                "route53:ChangeResourceRecordSets");
        }
        Calls.Add($"UpsertRecord {record.Name} {record.Type} {record.Ttl} {record.Values[0]} in {hostedZoneId} of {_place.Account}");
        Zone = [.. Zone.Where(r => r.Name != record.Name), record];
        return Task.CompletedTask;
    }

    public Task DeleteRecord(string hostedZoneId, DnsRecord record, CancellationToken cancel)
    {
        if (!Zone.Any(r => r.Name == record.Name && r.Ttl == record.Ttl && r.Values.SequenceEqual(record.Values)))
        {
            throw new CloudException(CloudErrorKind.Refused, "InvalidChangeBatch", $"{record.Name} was not found",
                "route53:ChangeResourceRecordSets");
        }
        Calls.Add($"DeleteRecord {record.Name} in {hostedZoneId} of {_place.Account}");
        Zone = [.. Zone.Where(r => r.Name != record.Name)];
        return AfterDeletion(record.Name);
    }

    /// <summary>What becomes of the answer to a deletion that was done; it may throw.</summary>
    public Func<string, Task> AfterDeletion { get; set; } = _ => Task.CompletedTask;

    private SmallCloud At(Place place)
    {
        _place = place;
        return this;
    }

    // ---- what no action here asks -----------------------------------------------------------------------------------

    public IStackDrift Drift => throw new NotSupportedException();

    public Task SignIn(IReadOnlyCollection<string> accounts, CancellationToken cancel) => throw new NotSupportedException();

    public ISsm Ssm(Place place) => throw new NotSupportedException();

    public IS3 S3(Place place) => throw new NotSupportedException();

    public IOrganizations Organizations(Place place) => Company ?? throw new NotSupportedException();

    public IIam Iam(Place place) => throw new NotSupportedException();

    public ICloudWatch CloudWatch(Place place) => throw new NotSupportedException();

    public ICloudControl CloudControl(Place place) => throw new NotSupportedException();

    public ISecretsManager SecretsManager(Place place) => throw new NotSupportedException();

    public Task<ImmutableArray<ValidationFinding>> DescribeValidation(string changeSetOrStackId, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<string?> FindOwner(string physicalResourceId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<string> GetTemplate(string stackName, CancellationToken cancel) => throw new NotSupportedException();

    public Task<string> CreateStack(StackRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<string?> UpdateStack(StackRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task DeleteStack(string stackName, string clientRequestToken, CancellationToken cancel) => throw new NotSupportedException();

    public Task UpdateTerminationProtection(string stackName, bool enable, CancellationToken cancel) => throw new NotSupportedException();

    public Task ContinueUpdateRollback(string stackName, ImmutableArray<string> resourcesToSkip, string clientRequestToken,
        CancellationToken cancel) => throw new NotSupportedException();

    public Task RollbackStack(string stackName, string clientRequestToken, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ImmutableArray<StackEvent>> DescribeStackEvents(string stackNameOrId, string? until, DateTimeOffset since,
        CancellationToken cancel) => throw new NotSupportedException();


    public Task<string> CreateChangeSet(ChangeSetRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ChangeSet?> DescribeChangeSet(string changeSetId, CancellationToken cancel) => throw new NotSupportedException();

    public Task ExecuteChangeSet(string changeSetId, string clientRequestToken, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task DeleteChangeSet(string changeSetId, CancellationToken cancel) => throw new NotSupportedException();
}

/// <summary>A clock on which every wait is over at once, and has taken its time.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    public Action AtEveryWait { get; init; } = () => { };

    public override DateTimeOffset GetUtcNow() => _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _now += dueTime > TimeSpan.Zero ? dueTime : TimeSpan.Zero;
        AtEveryWait();
        return new Timer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
