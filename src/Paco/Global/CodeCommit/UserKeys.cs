using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Global.CodeCommit;

/// <summary>
/// The public keys of a user, for which CloudFormation has no resource type: what is in the file is uploaded, what is not is taken away.
/// The id IAM gives a key is the user's name in the address of a repository.
/// </summary>
internal sealed record UserKeys(string UserName, ImmutableArray<PublicKey> Wanted) : CloudAction
{
    /// <summary>The output that is the id of the first key.</summary>
    public const string KeyId = "SSHPublicKeyId";

    // IAM's quota for a user.
    private const int Most = 5;

    public override bool IsListed => !Wanted.IsEmpty;

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel)
    {
        var there = await Keys(cloud.Iam(Id.Place), cancel);
        var missing = Wanted.Count(w => !there.Any(k => w.IsSame(k.Body)));
        var extra = there.Where(k => !Wanted.Any(w => w.IsSame(k.Body))).Select(k => k.Id).ToList();
        var kept = there.Where(k => Wanted.Any(w => w.IsSame(k.Body))).ToImmutableArray();
        return new ActionState(Exists: !there.IsEmpty, IsCurrent: missing == 0 && extra.Count == 0, (missing, extra.Count) switch
        {
            (0, 0) => kept.IsEmpty ? null : string.Join(", ", kept.Select(k => k.Id)),
            (0, _) => $"{string.Join(", ", extra)} goes: the file has no such key",
            (_, 0) => "uploads the public key",
            _ => $"uploads the public key in place of {string.Join(", ", extra)}",
        })
        { Outputs = IdOf(kept) };
    }

    public override async Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel)
    {
        var iam = cloud.Iam(Id.Place);
        var there = await Keys(iam, cancel);
        var extra = new Queue<SshPublicKey>(there.Where(k => !Wanted.Any(w => w.IsSame(k.Body))));
        var kept = there.Where(k => Wanted.Any(w => w.IsSame(k.Body))).ToList();
        foreach (var key in Wanted.Where(w => !there.Any(k => w.IsSame(k.Body))))
        {
            // The old ones go last, so that the user is never without; but there is room for five.
            if (kept.Count + extra.Count >= Most && extra.TryDequeue(out var old))
                await iam.DeleteSshPublicKey(UserName, old.Id, cancel);
            kept.Add(await iam.UploadSshPublicKey(UserName, key.Body, cancel));
        }
        foreach (var old in extra)
            await iam.DeleteSshPublicKey(UserName, old.Id, cancel);
        return new ActionResult { Outputs = IdOf([.. kept]) };
    }

    public override async Task Delete(ICloud cloud, CancellationToken cancel)
    {
        var iam = cloud.Iam(Id.Place);
        foreach (var key in await Keys(iam, cancel))
            await iam.DeleteSshPublicKey(UserName, key.Id, cancel);
    }

    private ImmutableSortedDictionary<string, string> IdOf(ImmutableArray<SshPublicKey> keys) =>
        Wanted.Select(w => keys.FirstOrDefault(k => w.IsSame(k.Body))?.Id).OfType<string>().FirstOrDefault() is { } id
            ? ImmutableSortedDictionary<string, string>.Empty.Add(KeyId, id)
            : ImmutableSortedDictionary<string, string>.Empty;

    // None of a user who is not there (yet).
    private async Task<ImmutableArray<SshPublicKey>> Keys(IIam iam, CancellationToken cancel)
    {
        try
        {
            var ids = await iam.ListSshPublicKeys(UserName, cancel);
            var keys = await Task.WhenAll(ids.Select(id => iam.GetSshPublicKey(UserName, id, cancel)));
            return [.. keys.OfType<SshPublicKey>()];
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return [];
        }
    }
}
