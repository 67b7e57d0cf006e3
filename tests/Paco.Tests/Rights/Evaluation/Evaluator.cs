namespace Paco.Tests.Rights.Evaluation;

/// <summary>
/// Decides about a call as AWS documents it: an explicit denial first; within one account what either side allows, but for roles and keys
/// whose own policies come first; between accounts what both sides allow. No service control policies, sessions are not narrowed.
/// </summary>
internal sealed class Evaluator(IPolicies policies)
{
    public Decision Decide(Call call)
    {
        var known = call with { Context = WithCaller(call) };
        var owned = policies.At(call.Resource);
        var identity = IdentityOf(call.Caller);
        if (Denial(known, identity, owned) is { } denial)
            return new Decision(Verdict.Denied, denial);
        var reach = owned is null ? Reach.Nobody : ReachOf(known, owned);
        var lacks = Lacking(known, identity, owned, reach);
        return lacks is null ? new Decision(Verdict.Allowed, $"{call.Caller}") : new Decision(Verdict.NotAllowed, lacks);
    }

    /// <summary>Whether the policy of the resource reaches one of another account, whatever his own policies say.</summary>
    public bool IsLetIn(Call call) => policies.At(call.Resource) is { } owned && owned.Account != call.Caller.Account
        && ReachOf(call with { Context = WithCaller(call) }, owned) != Reach.Nobody;

    private Identity IdentityOf(Caller caller) => caller switch
    {
        Caller.Role role => policies.Of(role.Arn),
        Caller.User user => policies.Of(user.Arn),
        _ => Identity.None,
    };

    // Null where nothing is lacking.
    private static string? Lacking(Call call, Identity identity, Owned? owned, Reach reach)
    {
        var owner = owned?.Account ?? AccountIn(call.Resource);
        var allowed = call.Caller is Caller.Root || identity.Statements.Any(s => s.Allows && s.IsAbout(call));
        var isBound = identity.Boundary is { } boundary && !boundary.Any(s => s.Allows && s.IsAbout(call));
        if (call.Caller is Caller.Service)
            return reach == Reach.Nobody ? "no policy of the resource lets the service in" : null;
        if (owner is not null && owner != call.Caller.Account)
        {
            return reach == Reach.Nobody ? $"no policy of the resource in {owner} lets it in"
                : !allowed ? "no policy of its own allows it" : isBound ? "its boundary does not allow it" : null;
        }
        if (reach == Reach.Caller || (reach == Reach.Role && !isBound))
            return null;
        if (reach == Reach.Nobody && (call.IsAssumption || call.IsOfKey))
            return call.IsOfKey ? "the key's policy neither names it nor leaves it to the account" : "the role's trust does not name it";
        return !allowed ? "no policy of its own allows it" : isBound ? "its boundary does not allow it" : null;
    }

    private static Reach ReachOf(Call call, Owned owned) => owned.Statements.Where(s => s.Allows && s.IsAbout(call))
        .Select(s => s.Reaches(call.Caller)).DefaultIfEmpty(Reach.Nobody).Max();

    private static string? Denial(Call call, Identity identity, Owned? owned) =>
        identity.Statements.Concat(identity.Boundary ?? []).Any(s => !s.Allows && s.IsAbout(call)) ? "a policy of its own denies it"
        : owned is not null && owned.Statements.Any(s => !s.Allows && s.IsAbout(call) && s.Reaches(call.Caller) != Reach.Nobody)
            ? "the policy of the resource denies it"
        : null;

    private Context WithCaller(Call call)
    {
        var (caller, context) = (call.Caller, call.Context);
        return context.With("aws:PrincipalArn", caller.PrincipalArn)
            .With("aws:PrincipalAccount", caller.Account)
            .With("aws:PrincipalOrgID", caller.Account is { } account ? policies.OrganizationOf(account) : null)
            .With("aws:PrincipalIsAWSService", caller is Caller.Service ? "true" : "false")
            .With("aws:username", caller is Caller.User user ? user.Arn[(user.Arn.LastIndexOf('/') + 1)..] : null)
            .With("aws:ResourceAccount", policies.At(call.Resource)?.Account ?? AccountIn(call.Resource))
            .With("aws:SecureTransport", context["aws:SecureTransport"].IsEmpty ? "true" : null);
    }

    private static string? AccountIn(string resource) => resource.Split(':') is [_, _, _, _, { Length: 12 } account, ..] ? account : null;
}
