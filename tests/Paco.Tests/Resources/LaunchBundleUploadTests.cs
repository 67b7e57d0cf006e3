using System.Collections.Immutable;
using System.Text;
using Paco.Clouds;
using Paco.Resources.LaunchBundles;
using Paco.Stacks;

namespace Paco.Tests.Resources;

public sealed class LaunchBundleUploadTests
{
    private static readonly Place Prod = new("prod", "us-west-2");

    private readonly BucketCloud _cloud = new();

    [Fact]
    public async Task What_was_never_uploaded_is_absent_also_without_a_bucket() =>
        Assert.Equal(ActionState.Absent, await Upload().Read(_cloud, Inputs, default));

    [Fact]
    public async Task After_an_upload_all_is_current()
    {
        _cloud.Objects = [];
        await Apply(Upload());
        Assert.Equal(new ActionState(Exists: true, IsCurrent: true), await Upload().Read(_cloud, Inputs, default));
        Assert.Equal(24, _cloud.Objects.Count);
        Assert.Equal("ec2lm_cache_id.md5", _cloud.Writes[^1]);
        var bundles = Bundles("info");
        Assert.Equal(bundles.CacheId[..32], Encoding.UTF8.GetString(_cloud.Objects[$"{bundles.Digest}/LaunchBundles/SSM.cache_id"]));
    }

    [Fact]
    public async Task What_instances_of_before_run_stays_where_they_look_for_it()
    {
        _cloud.Objects = [];
        await Apply(Upload("info"));
        var before = _cloud.Objects.Where(o => o.Key.StartsWith(Bundles("info").Digest, StringComparison.Ordinal)).ToArray();
        await Apply(Upload("debug"));
        Assert.Equal(22, before.Length);
        Assert.All(before, o => Assert.Equal(o.Value, _cloud.Objects[o.Key]));
    }

    [Fact]
    public async Task A_change_names_the_bundles_it_is_in()
    {
        _cloud.Objects = [];
        await Apply(Upload("info"));
        var state = await Upload("debug").Read(_cloud, Inputs, default);
        Assert.Equal((true, false, "changed: ECS"), (state.Exists, state.IsCurrent, state.Detail));
    }

    [Fact]
    public async Task Killed_half_way_it_is_done_again()
    {
        _cloud.Objects = [];
        _cloud.FailAfter = 7;
        await Assert.ThrowsAsync<CloudException>(() => Apply(Upload()));
        Assert.False((await Upload().Read(_cloud, Inputs, default)).IsCurrent);
        _cloud.FailAfter = int.MaxValue;
        await Apply(Upload());
        Assert.True((await Upload().Read(_cloud, Inputs, default)).IsCurrent);
    }

    [Fact]
    public async Task Deleting_it_empties_and_deletes_the_bucket_and_may_be_repeated()
    {
        _cloud.Objects = [];
        await Apply(Upload());
        await Upload().Delete(_cloud, default);
        Assert.Null(_cloud.Objects);
        await Upload().Delete(_cloud, default);
    }

    private static ImmutableDictionary<string, string> Inputs => [];

    private Task<ActionResult> Apply(LaunchBundleUpload upload) =>
        upload.Apply(_cloud, Inputs, new ActionContext(TimeProvider.System, NoSecretSink.Instance), default);

    private static LaunchBundleSet Bundles(string logLevel) => LaunchBundleSet.For(new LaunchSettings
    {
        System = InstanceSystem.Of("amazon")!,
        Bucket = "bucket",
        Region = "us-west-2",
        StackName = "stack",
        NetworkEnvironment = "mynet",
        Environment = "prod",
        EnvironmentRef = "netenv.mynet.prod.us-west-2",
        EcsLogLevel = logLevel,
    });

    private static LaunchBundleUpload Upload(string logLevel = "info") => new()
    {
        Id = new NodeId(Prod, "bundles"),
        Ref = "netenv.mynet.prod.us-west-2.applications.app.groups.site.resources.web.ec2lm",
        Title = "launch bundles",
        Bucket = "bucket",
        Bundles = Bundles(logLevel),
    };

    /// <summary>A cloud of one bucket; null objects mean that it does not exist.</summary>
    private sealed class BucketCloud : ICloud, IS3
    {
        public Dictionary<string, byte[]>? Objects { get; set; }

        public List<string> Writes { get; } = [];

        public int FailAfter { get; set; } = int.MaxValue;

        public IS3 S3(Place place) => this;

        public Task<bool> BucketExists(string bucket, CancellationToken cancel) => Task.FromResult(Objects is not null);

        public Task PutObject(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancel)
        {
            Writes.Add(key);
            if (Writes.Count > FailAfter)
                throw new CloudException(CloudErrorKind.Connection, "reset", "the connection is lost", "s3:PutObject");
            Objects![key] = content.ToArray();
            return Task.CompletedTask;
        }

        public Task<byte[]?> GetObject(string bucket, string key, CancellationToken cancel) =>
            Task.FromResult(Objects?.GetValueOrDefault(key));

        public Task<bool> IsEmpty(string bucket, CancellationToken cancel) => Task.FromResult(Objects is not { Count: > 0 });

        public Task EmptyBucket(string bucket, CancellationToken cancel)
        {
            Objects!.Clear();
            return Task.CompletedTask;
        }

        public Task DeleteBucket(string bucket, CancellationToken cancel)
        {
            Assert.Empty(Objects!);
            Objects = null;
            return Task.CompletedTask;
        }

        public Task CreateBucket(string bucket, CancellationToken cancel) => throw new NotSupportedException();

        public string ObjectUrl(string bucket, string key) => throw new NotSupportedException();

        public Task SignIn(IReadOnlyCollection<string> accounts, CancellationToken cancel) => Task.CompletedTask;

        public ICloudFormation CloudFormation(Place place) => throw new NotSupportedException();

        public IEc2 Ec2(Place place) => throw new NotSupportedException();

        public ISsm Ssm(Place place) => throw new NotSupportedException();

        public IRoute53 Route53(Place place) => throw new NotSupportedException();

        public IAcm Acm(Place place) => throw new NotSupportedException();

        public IAutoScaling AutoScaling(Place place) => throw new NotSupportedException();

        public ISns Sns(Place place) => throw new NotSupportedException();

        public ICloudWatch CloudWatch(Place place) => throw new NotSupportedException();
        public ICloudWatchLogs CloudWatchLogs(Place place) => throw new NotSupportedException();

        public ICodeConnections CodeConnections(Place place) => throw new NotSupportedException();

        public IBackup Backup(Place place) => throw new NotSupportedException();

        public IEcr Ecr(Place place) => throw new NotSupportedException();

        public IOrganizations Organizations(Place place) => throw new NotSupportedException();

        public IIam Iam(Place place) => throw new NotSupportedException();

        public ICloudControl CloudControl(Place place) => throw new NotSupportedException();

        public ISecretsManager SecretsManager(Place place) => throw new NotSupportedException();
    }
}
