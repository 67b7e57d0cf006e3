using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.Sns;

public sealed class SnsRoom : GlobalRoom
{
    public override string FileStem => "sns";

    public override string Summary => "Topics, in any number of accounts and regions: whom alarms and applications notify.";

    public override IEnumerable<Diagnostics.DiagnosticCode> Codes => [Monitoring.Topics.Missing];

    public override GlobalResource Bind(Fields f) => new Sns(f);

    protected internal override ObjectPath? PathOf(string stackName) =>
        stackName.StartsWith("SNS-", StringComparison.Ordinal) && stackName.EndsWith("-SNS", StringComparison.Ordinal)
            ? new("resource.sns")
            : null;
}

/// <summary>What <c>resource/sns.yaml</c> holds.</summary>
public sealed class Sns(Fields f) : TopicsFile(f)
{
    public ImmutableArray<AccountRegions> DefaultLocations { get; } =
        f.List("default_locations", "Where topics are that say nothing themselves.", x => new AccountRegions(x));

    public ImmutableArray<Topic> Topics { get; } = f.Map("topics", "Topics, by the names that notifications use.", x => new Topic(x));

    public override string File => "resource/sns.yaml";

    private protected override IEnumerable<Topic> All => Topics;

    protected internal override void Rules(Fields f)
    {
        foreach (var topic in Topics.Where(t => t.Locations.IsEmpty && DefaultLocations.IsEmpty))
        {
            f.Report(BindingCodes.BrokenRule, topic.Location, $"the topic {topic.Name} is nowhere",
                "give it locations, or the file default_locations");
        }
    }

    private protected override IEnumerable<AccountRegions> LocationsOf(Topic topic) =>
        topic.Locations.IsEmpty ? DefaultLocations : topic.Locations;
}
