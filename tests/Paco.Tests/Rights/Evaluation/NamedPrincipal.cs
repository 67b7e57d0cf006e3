using System.Collections.Immutable;
using Paco.CloudFormation;

namespace Paco.Tests.Rights.Evaluation;

/// <summary>How far a resource's policy reaches the one who calls.</summary>
internal enum Reach
{
    /// <summary>He is not meant.</summary>
    Nobody,

    /// <summary>His account is: what it allows him, it must allow itself.</summary>
    Account,

    /// <summary>His role is: what bounds the role bounds this too.</summary>
    Role,

    /// <summary>He himself is: as a user, as this very session, as anybody.</summary>
    Caller,
}

/// <summary>An entry of a statement's <c>Principal</c>.</summary>
/// <param name="Kind"><c>AWS</c>, <c>Service</c> or <c>Federated</c>.</param>
internal sealed record NamedPrincipal(string Kind, string Text)
{
    public static ImmutableArray<NamedPrincipal> Read(Value? principal) => principal switch
    {
        null => [],
        MapValue map => [.. map.SelectMany(kind => PolicyStatement.Texts(kind.Value).Select(text => new NamedPrincipal(kind.Key, text)))],
        _ => [.. PolicyStatement.Texts(principal).Select(text => new NamedPrincipal("AWS", text))],
    };

    public Reach Of(Caller caller) => (Kind, caller) switch
    {
        ("Service", Caller.Service service) => service.Name == Text ? Reach.Caller : Reach.Nobody,
        ("AWS", not Caller.Service) => OfAws(caller),
        _ => Reach.Nobody,
    };

    private Reach OfAws(Caller caller)
    {
        if (Text == "*" || (caller is Caller.User user && user.Arn == Text))
            return Reach.Caller;
        if (Text == caller.Account || Text.Split(':') is [_, _, "iam", _, var account, "root"] && account == caller.Account)
            return caller is Caller.Root ? Reach.Caller : Reach.Account;
        return caller is not Caller.Role role ? Reach.Nobody
            : Text == role.SessionArn ? Reach.Caller
            : Text == role.Arn ? Reach.Role
            : Reach.Nobody;
    }
}
