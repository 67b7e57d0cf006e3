using System.Collections.Immutable;
using Paco.Binding;
using Paco.Resources.Sns;
using Paco.Stacks;

namespace Paco.Global.Sns;

/// <summary>A topic, made once in every place it is wanted in. One that is switched off is left out.</summary>
public sealed class Topic(Fields f, bool hasLocations = true) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(true);

    public ImmutableArray<AccountRegions> Locations { get; } = hasLocations
        ? f.List("locations", "Where it is, instead of the file's default_locations.", x => new AccountRegions(x))
        : [];

    public TopicFields Fields { get; } = new(f);

    protected internal override void Rules(Fields f) => Fields.Rules(f);
}
