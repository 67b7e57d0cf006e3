using System.Text;
using Paco.Aws;
using Paco.Cli.Views;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Global.Accounts;
using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Cli.Commands;

/// <summary>
/// <c>paco init credentials</c>: the file of a user's keys to sign in with. Its secret is read unseen and stands nowhere else; nothing is
/// written before all is answered.
/// </summary>
internal static class InitCredentialsCommand
{
    private const string SuggestedUser = "paco-admin";

    // The role that Paco 9's first steps make in the management account.
    private const string AdminRole = "Paco-Admin-Delegate-Role";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Binding.Check UserName = Binding.Check.Matching("the name of an IAM user, such as paco-admin",
        "^[A-Za-z0-9_+=,.@-]{1,64}$");

    public static async Task<int> Run(Terminal terminal, string? home, CancellationToken cancel)
    {
        var found = ProjectHome.Find(terminal, home);
        var path = Path.Combine(found.Path, CredentialsFile.Name);
        if (new ProjectFiles(found.Path, new DiagnosticBag()).TopFile(CredentialsFile.Name) is { } there)
        {
            throw new CommandError($"{there} is there already; nothing was changed",
                $"{terminal.Command} doctor says whether it works; to write other keys move it away first");
        }
        var master = Toolkit.Compile(found.Path, new Scope("accounts")).Project?.Master
            ?? throw new CommandError("accounts/master.yaml is missing or broken", "paco validate accounts says more");
        var screen = terminal.Screen;
        screen.Line($"Keys of an IAM user in the management account {master.AccountId}".TrimEnd() + ". The secret is not shown.");
        var user = Checked(terminal, "Paco Admin Username", SuggestedUser, UserName);
        var key = Prompt.Ask(terminal, "AWS Access Key", null, WrongKeyId);
        var secret = new Secret(Prompt.AskHidden(terminal, "AWS Secret Key",
            answer => CredentialsFile.SecretKey.Holds(answer) ? null : $"A secret key is {CredentialsFile.SecretKey.Words}."));
        var whose = found.Sandbox is { IsSandbox: true } ? null
            : await Whose(terminal, master, new AwsKeys(key, secret), cancel);
        Write(path, Text(master, user, key, secret, whose?.AccountId ?? master.AccountId));
        Done(terminal, user, whose);
        return ExitCode.Success;
    }

    private static string Checked(Terminal terminal, string label, string? @default, Binding.Check check) =>
        Prompt.Ask(terminal, label, @default, answer => check.Holds(answer) ? null : $"It must be {check.Words}.");

    // None of them repeats what was typed: it may be the secret, in the wrong place.
    private static string? WrongKeyId(string answer) =>
        CredentialsFile.KeyId.Holds(answer) ? null
        : CredentialsFile.SecretKey.Holds(answer)
            ? "That looks like the secret key, and was shown: make a new pair if others could see it. First comes the access key's id, AKIA…"
        : answer.StartsWith("ASIA", StringComparison.Ordinal)
            ? "Keys that begin with ASIA are a session's and end soon: set them in the environment. This file takes keys of a user, AKIA…"
            : $"An access key's id is {CredentialsFile.KeyId.Words}.";

    /// <summary>Whose keys they are, or null where nobody could be asked: then the file is written as it was answered.</summary>
    private static async Task<AccountIdentity?> Whose(Terminal terminal, Account master, AwsKeys keys, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, terminal.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            using var cloud = AwsCloud.Create(new AwsOptions
            {
                Accounts = [new AwsAccount("master", null, [])],
                ManagementAccount = "master",
                Region = master.Region ?? Regions.Default,
                Environment = terminal.Environment,
                Keys = keys,
                Clock = terminal.Time,
            });
            var identity = await cloud.Identity("master", both.Token);
            return master.AccountId is not { } meant || meant == identity.AccountId ? identity : throw new CommandError(
                $"these are keys of account {identity.AccountId}, and accounts/master.yaml says {meant}; nothing was written",
                $"make keys of a user in {meant}, or correct account_id in accounts/master.yaml");
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.AccessDenied or CloudErrorKind.ExpiredToken or CloudErrorKind.Refused
            && PlaceFailures.Of(e) != PlaceFailure.Clock)
        {
            throw new CommandError($"AWS does not take these keys ({e.Code}); nothing was written",
                "are both parts of one pair, and is it active? IAM shows the id and the state of each; a lost secret means a new pair");
        }
        catch (Exception e) when (e is CloudException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            terminal.Screen.Line("AWS could not be asked whose keys these are; they are written as they are.", TextStyle.Yellow);
            return null;
        }
    }

    private static string Text(Account master, string user, string key, Secret secret, string? accountId)
    {
        var text = new StringBuilder()
            .Append("# Who has this file can do what its user can. It belongs into no repository, and nobody else reads it.\n");
        Line("aws_default_region", master.Region ?? Regions.Default);
        if (accountId is not null)
            Line("master_account_id", accountId);
        Line("master_admin_iam_username", user);
        Line("admin_iam_role_name", AdminRole);
        Line("aws_access_key_id", key);
        Line("aws_secret_access_key", secret.Reveal());
        text.Append("# For how long a code of the user's MFA device is good, and for how long a role is assumed. Without a device:\n")
            .Append("# remove master_admin_iam_username.\n")
            .Append("mfa_session_expiry_secs: 43200\nassume_role_session_expiry_secs: 3600\n");
        return text.ToString();

        // All of them are of letters, digits and signs that mean nothing in quotes.
        void Line(string field, string value) => text.Append($"{field}: \"{value}\"\n");
    }

    private static void Write(string path, string text)
    {
        try
        {
            using var file = PrivateFile.CreateForReading(path);
            file.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandError($"{path} could not be written: {FileTrouble.Why(e, path)}");
        }
    }

    private static void Done(Terminal terminal, string user, AccountIdentity? whose)
    {
        var screen = terminal.Screen;
        screen.Line($"✓ {CredentialsFile.Name} is written; only you can read it (0400)", TextStyle.Green);
        if (whose is not null)
            screen.Line($"  keys of {whose.Arn}");
        if (whose is not null && whose.Arn.Contains(":user/", StringComparison.Ordinal) && whose.Arn.Split('/')[^1] != user)
            screen.Line($"  which is not {user}: an MFA device is looked for under that name", TextStyle.Yellow);
        screen.Line($"Next: {terminal.Command} doctor, which asks for a code of {user}'s MFA device and looks at every account.");
    }
}
