using Paco.Binding;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>A branch of a repository at Bitbucket.</summary>
public sealed class BitBucketSource(Fields f) : ConnectionSource(f, "BitBucket.Source", "Bitbucket")
{
    public string? CodestarConnectionArn { get; } = f.Text("codestar_connection_arn", "The same as `connection_arn`, as Paco 9 called it.");

    internal override string Word => "BitBucket";

    internal override string? GivenArn => ConnectionArn ?? CodestarConnectionArn;

    protected internal override void Rules(Fields f)
    {
        base.Rules(f);
        if (ConnectionArn is not null && CodestarConnectionArn is not null)
            f.Broken("codestar_connection_arn", "\"connection_arn\" and \"codestar_connection_arn\" are the same field", "leave one out");
    }
}

/// <summary>A branch of a repository at GitLab.com.</summary>
public sealed class GitLabSource(Fields f) : ConnectionSource(f, "GitLab.Source", "GitLab")
{
    internal override string Word => "GitLab";
}
