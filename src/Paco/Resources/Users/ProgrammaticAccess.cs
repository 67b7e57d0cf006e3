using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Resources.Users;

/// <summary>The two access keys a user may have, each by a number that is raised to have another one.</summary>
public sealed class ProgrammaticAccess(Fields f) : Model(f)
{
    private const string Version =
        "0: no such key. Another number than before deletes the key and makes a new one, whose secret is shown once.";

    public Enablement Enabled { get; } = f.Enabled(true);

    public Given<int> AccessKey1Version { get; } = f.Int("access_key_1_version", Version, 0, min: 0);

    public Given<int> AccessKey2Version { get; } = f.Int("access_key_2_version", Version, 0, min: 0);

    internal WantedKeys Wanted => new(IsEnabled, AccessKey1Version, AccessKey2Version);
}

/// <summary>What a project wants of a user's access keys.</summary>
/// <param name="Enabled">The keys can be used; else those there are become inactive, and none is made.</param>
/// <param name="First">The version of key 1; 0 for none.</param>
/// <param name="Second">The same of key 2.</param>
internal sealed record WantedKeys(bool Enabled, int First, int Second)
{
    /// <summary>Keys nobody asks for.</summary>
    public static readonly WantedKeys None = new(false, 0, 0);

    public int Version(int slot) => slot == 1 ? First : Second;

    /// <summary>An action a key, one after the other: both look at what the user has.</summary>
    /// <param name="owner">The object they are for; its path makes their names.</param>
    /// <param name="user">The user as people know it.</param>
    /// <param name="userName">Yields its name in IAM, when the user is there.</param>
    public IEnumerable<AccessKeyAction> Actions(Model owner, Clouds.Place place, string user, Source userName)
    {
        var first = Action(owner, place, user, 1, [new(AccessKeyAction.UserInput, userName)]);
        var before = new LiteralSource(first.Title) { MadeBy = first.Id };
        return [first, Action(owner, place, user, 2, [new(AccessKeyAction.UserInput, userName), new("After", before)])];
    }

    private AccessKeyAction Action(Model owner, Clouds.Place place, string user, int slot,
        ImmutableArray<KeyValuePair<string, Source>> inputs) => new(slot, this)
    {
        Id = new NodeId(place, $"AccessKey-{owner.Path}-{slot}"),
        Ref = owner.Path,
        Title = $"access key {slot} of {user}",
        User = user,
        Inputs = inputs,
    };
}
