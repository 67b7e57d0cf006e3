using System.Collections.Immutable;
using Paco.Applying;
using Paco.Aws;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Planning;
using Paco.Sandbox;

namespace Paco.Engine.Tests.Simulation;

/// <summary>The sandbox as one process sees it: opened, used, and left, like a program that ends or is killed.</summary>
internal sealed class World : IAsyncDisposable
{
    public const int CallsAtOnce = 6;

    private const string Management = "master";

    private readonly AwsCloud _aws;

    public World(string? file, VirtualTime time, ImmutableArray<string> accounts, Pace pace, ImmutableArray<Fault> faults, TimeSpan latency,
        int callsAtOnce = CallsAtOnce, KeptSecrets? secrets = null)
    {
        AccountIds = accounts.Select((name, i) => KeyValuePair.Create(name, $"{222222222220 + i}")).ToImmutableDictionary();
        Local = LocalCloud.Open(new SandboxOptions
        {
            DatabasePath = file,
            Time = time,
            Pace = pace,
            Faults = faults,
            ManagementAccountId = AccountIds.GetValueOrDefault(Management) ?? new SandboxOptions().ManagementAccountId,
        });
        Wire = new Wire(Local.CreateHandler(), time, latency);
        _aws = AwsCloud.Create(new AwsOptions
        {
            Accounts = [.. AccountIds.OrderBy(a => a.Key).Select(a => new AwsAccount(a.Key, a.Value, ["Delegate"]))],
            ManagementAccount = Management,
            Region = "us-west-2",
            Environment = _ => null,
            Handler = Wire,
            Keys = new AwsKeys("sandbox", new Secret("sandbox")),
            ConcurrentCalls = callsAtOnce,
            JitterSeed = 1,
            Clock = time,
        });
        Options = new ApplyOptions
        {
            Planning = new PlanOptions(AccountIds),
            Time = time,
            BucketPrefix = "sim",
            Secrets = secrets ?? new KeptSecrets(),
        };
    }

    public LocalCloud Local { get; }

    public Wire Wire { get; }

    public ICloud Cloud => _aws;

    public ImmutableDictionary<string, string> AccountIds { get; }

    public ApplyOptions Options { get; }

    public async ValueTask DisposeAsync()
    {
        _aws.Dispose();
        Wire.Dispose();
        await Local.DisposeAsync();
    }
}
