using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Global.Sns;

public sealed class SnsTopicsRoom : GlobalRoom
{
    public override string FileStem => "snstopics";

    public override string Section => "sns";

    public override string Summary => "Topics of one account: an older form of resource/sns.yaml, which counts where both are there.";

    public override GlobalResource Bind(Fields f) => new SnsTopics(f);
}

/// <summary>What <c>resource/snstopics.yaml</c> holds. Its groups are topics.</summary>
public sealed class SnsTopics(Fields f) : TopicsFile(f)
{
    /// <summary>Account and regions, which the file itself states.</summary>
    public AccountRegions In { get; } = new(f);

    public ImmutableArray<Topic> Groups { get; } =
        f.Map("groups", "Topics, by the names that notifications use.", x => new Topic(x, hasLocations: false));

    public override string File => "resource/snstopics.yaml";

    private protected override IEnumerable<Topic> All => Groups;

    protected internal override void Rules(Fields f) => In.Rules(f);

    private protected override IEnumerable<AccountRegions> LocationsOf(Topic topic) => [In];
}
