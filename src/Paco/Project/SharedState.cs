using Paco.Binding;
using Paco.Clouds;

namespace Paco.Project;

/// <summary>Where the original kept what it knew of stacks. Read, but without effect.</summary>
public sealed class SharedState(Fields f) : Model(f)
{
    public string? CloudFormationRegion { get; } = f.Text("cloudformation_region", "Read, but without effect.", Regions.OrNone);

    public WorkBucket? PacoWorkBucket { get; } = f.Object("paco_work_bucket", "Read, but without effect.", x => new WorkBucket(x));
}

public sealed class WorkBucket(Fields f) : Model(f)
{
    public string BucketName { get; } = f.Text("bucket_name", "Its name.", "paco-work");

    public Enablement Enabled { get; } = f.Enabled(false);

    public Ref? Account { get; } = f.Ref("account", "The account it is in; master by default.", "Account");

    public string? Region { get; } = f.Text("region", "The region it is in.", Regions.OrNone);
}
