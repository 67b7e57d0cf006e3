using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.Users;

/// <summary>
/// One of a user's two access keys: made, made anew for another version, retired, switched off and on. CloudFormation could make one, and
/// would put its secret into an output. Which key is which stands on the user (<see cref="UserKeys"/>), and so does that one was begun, so
/// that a run which is ended anywhere leaves no key that nobody has.
/// </summary>
internal sealed record AccessKeyAction(int Slot, WantedKeys Wanted) : CloudAction
{
    public const string UserInput = "UserName";

    // Each round does one piece of work and looks again.
    private const int Rounds = 6;

    private enum Work
    {
        None,
        Create,

        /// <summary>Nobody has it, unless its file is there.</summary>
        MakeAnew,
        Rotate,
        Retire,
        Enable,
        Disable,

        /// <summary>It was made by somebody else, and counts as the version that is asked for.</summary>
        Describe,
    }

    /// <summary>The user as people know it; its name in IAM is an input.</summary>
    public required string User { get; init; }

    private int Version => Wanted.Enabled ? Wanted.Version(Slot) : 0;

    public override bool OnlyTakesAway => Version == 0;

    /// <summary>It goes with its user, as everything does that the user can sign in with.</summary>
    public override bool StaysOnDelete => true;

    public override string? SecretFile => Version == 0 ? null : $"{User}-access-key-{Slot}-version-{Version}.ini";

    public override string? FingerprintOf(string secret) => AccessKeyFile.IdIn(secret);

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel)
    {
        var (key, isBegun) = await Find(cloud.Iam(Id.Place), inputs[UserInput], cancel);
        var work = Decide(key);
        return new ActionState(Exists: key is not null, IsCurrent: work == Work.None && !isBegun, Detail(work, key, isBegun))
        {
            Unclaimed = work == Work.MakeAnew ? key!.Id : null,
            RevealsNothing = work is not (Work.Create or Work.MakeAnew or Work.Rotate),
        };
    }

    public override async Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel)
    {
        var (iam, user) = (cloud.Iam(Id.Place), inputs[UserInput]);
        if (user.Length == 0 || await iam.GetUser(user, cancel) is null)
            return OnlyTakesAway ? ActionResult.Done : new ActionResult { Failure = $"there is no user {user} in {Id.Place}" };
        ImmutableArray<Reveal> reveals = [];
        for (var round = 0; round < Rounds; round++)
        {
            var (key, isBegun) = await Find(iam, user, cancel);
            switch (Decide(key))
            {
                case Work.None:
                    if (isBegun)
                        await iam.UntagUser(user, UserKeys.Making(Slot, 0).Key, cancel);
                    return new ActionResult { Reveals = reveals };
                case Work.Create:
                    var made = await Create(iam, user, context.Secrets, cancel);
                    if (made.Failure is not null)
                        return made;
                    reveals = made.Reveals;
                    break;
                case Work.MakeAnew when key!.Version == Version && context.Secrets.Has(SecretFile!, s => FingerprintOf(s) == key.Id):
                case Work.Describe:
                    await iam.TagUser(user, UserKeys.Described(key!.Id, Slot, Version), cancel);
                    break;
                case Work.Enable or Work.Disable:
                    await iam.UpdateAccessKey(user, key!.Id, active: Wanted.Enabled, cancel);
                    break;
                default:
                    await iam.DeleteAccessKey(user, key!.Id, cancel);
                    await iam.UntagUser(user, key.Id, cancel);
                    break;
            }
        }
        return new ActionResult { Failure = $"the access keys of {user} do not come to rest: something else is changing them too" };
    }

    public override Task Delete(ICloud cloud, CancellationToken cancel) => Task.CompletedTask;

    // The key, and whether a run that made one has not come to its end.
    private async Task<(UserKey? Key, bool IsBegun)> Find(IIam iam, string user, CancellationToken cancel)
    {
        if (user.Length == 0 || await iam.GetUser(user, cancel) is not { } there)
            return (null, false);
        var keys = UserKeys.Of(await iam.ListAccessKeys(user, cancel), there.Tags);
        return (keys.FirstOrDefault(k => k.Slot == Slot), there.Tags.ContainsKey(UserKeys.Making(Slot, 0).Key));
    }

    private Work Decide(UserKey? key) => key switch
    {
        null => Version > 0 ? Work.Create : Work.None,
        { IsUnclaimed: true } => Version > 0 ? Work.MakeAnew : Work.Retire,
        _ when !Wanted.Enabled => key.IsActive ? Work.Disable : Work.None,
        _ when Version == 0 => Work.Retire,
        { Version: { } version } when version != Version => Work.Rotate,
        { IsActive: false } => Work.Enable,
        { Version: null } => Work.Describe,
        _ => Work.None,
    };

    private string? Detail(Work work, UserKey? key, bool isBegun) => work switch
    {
        Work.None => isBegun ? "a run ended in the middle of it: what it noted at the user is taken away" : null,
        Work.Create => $"version {Version}; its secret is shown once",
        Work.MakeAnew => $"the run that made {key!.Id} ended before its secret was safe: it is deleted and made anew",
        Work.Rotate => $"{key!.Id} (version {key.Version}) is deleted, version {Version} is made; its secret is shown once",
        Work.Retire => $"{key!.Id} is deleted",
        Work.Enable => $"{key!.Id} becomes active",
        Work.Disable => $"{key!.Id} becomes inactive",
        _ => $"{key!.Id} counts as version {Version} from now on: a tag of the user says so, the key stays",
    };

    // What the user has is described first, and that a key is begun stands there before it is made: then one without a description is
    // this one.
    private async Task<ActionResult> Create(IIam iam, string user, ISecretSink secrets, CancellationToken cancel)
    {
        foreach (var other in await Others(iam, user, cancel))
            await iam.TagUser(user, UserKeys.Described(other.Id, other.Slot, Wanted.Version(other.Slot)), cancel);
        await iam.TagUser(user, UserKeys.Making(Slot, Version), cancel);
        NewAccessKey made;
        try
        {
            made = await iam.CreateAccessKey(user, cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.Unreadable)
        {
            // It may be there; the next round finds and deletes it.
            return ActionResult.Done;
        }
        catch (CloudException e) when (e.Code == "LimitExceeded")
        {
            await iam.UntagUser(user, UserKeys.Making(Slot, Version).Key, cancel);
            return new ActionResult
            {
                Failure = $"{user} in {Id.Place} has as many access keys as AWS allows ({e.Message}); "
                    + "delete one that is not needed in IAM, then run this again",
            };
        }
        var reveal = new Reveal($"Access key {Slot} of {user} ({Id.Place}): {made.Id}", SecretFile!,
            new Secret(AccessKeyFile.Text(user, made)));
        try
        {
            secrets.Keep(reveal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await iam.DeleteAccessKey(user, made.Id, cancel);
            return new ActionResult { Failure = $"its secret could not be kept, so it was deleted again: {e.Message}" };
        }
        await iam.TagUser(user, UserKeys.Described(made.Id, Slot, Version), cancel);
        return new ActionResult { Reveals = [reveal] };
    }

    private async Task<IEnumerable<UserKey>> Others(IIam iam, string user, CancellationToken cancel)
    {
        var tags = (await iam.GetUser(user, cancel))?.Tags ?? ImmutableSortedDictionary<string, string>.Empty;
        return UserKeys.Of(await iam.ListAccessKeys(user, cancel), tags)
            .Where(k => k.Slot != Slot && k is { Version: null, IsUnclaimed: false });
    }
}
