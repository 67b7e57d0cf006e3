using System.Collections.Immutable;

namespace Paco.Starters.ManagedWebApp;

/// <summary>One account of the project besides the master account, with everything it is for (<c>dev</c>, <c>tools</c>).</summary>
internal sealed record ProjectAccount(string Name, ImmutableArray<string> Roles, string? Id, string RootEmail)
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["dev"] = "development", ["staging"] = "staging", ["prod"] = "production", ["tools"] = "tools",
    };

    /// <summary>For example <c>Development and staging account</c>.</summary>
    public string Title
    {
        get
        {
            var words = Roles.Select(role => Words[role]).ToArray();
            var listed = words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";
            return $"{char.ToUpperInvariant(listed[0])}{listed[1..]} account";
        }
    }
}

/// <summary>The accounts that the answers name. Roles with one name share one account.</summary>
internal static class Accounts
{
    public const string Master = "master";

    public static ImmutableArray<string> Roles { get; } = ["dev", "staging", "prod", "tools"];

    /// <summary>Every account but the master account, which needs no second file and is never created.</summary>
    public static ImmutableArray<ProjectAccount> Of(Answers answers) =>
        [.. Roles
            .GroupBy(role => answers.Require(Keys.AccountOf(role)))
            .Where(roles => roles.Key != Master)
            .Select(roles => new ProjectAccount(
                roles.Key,
                [.. roles],
                IdsOf(roles, answers).FirstOrDefault(),
                RootEmail(answers.Require(Keys.MasterRootEmail), roles.Key)))];

    public static IEnumerable<string> IdsOf(IEnumerable<string> roles, Answers answers) =>
        roles.Select(role => answers[Keys.AccountIdOf(role)]).OfType<string>().Distinct();

    /// <summary><c>root@example.com</c> for account dev as <c>root+dev@example.com</c>: the same mailbox, another address.</summary>
    private static string RootEmail(string master, string account)
    {
        var at = master.LastIndexOf('@');
        var joint = master[..at].Contains('+', StringComparison.Ordinal) ? '-' : '+';
        return $"{master[..at]}{joint}{account}{master[at..]}";
    }
}
