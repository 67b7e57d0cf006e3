using System.Globalization;
using System.Text;
using System.Text.Json;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Planning;

namespace Paco.Cli.Commands;

/// <summary>
/// <c>paco secret set REF</c>: a value for a secret of the project, typed where nobody sees it or piped in. It is no argument, which a
/// shell would remember and every process could read, and it touches no file.
/// </summary>
internal static class SecretSetCommand
{
    /// <summary>What Secrets Manager keeps at most of one.</summary>
    private const int MostBytes = 65_536;

    private const string Section = "secrets_manager";

    // netenv.NAME.ENVIRONMENT.REGION.secrets_manager.APP.GROUP.SECRET
    private const int Parts = 8;
    private const int SectionAt = 4;

    public static async Task<int> Run(Terminal terminal, CloudArguments arguments, string given, CancellationToken cancel)
    {
        var reference = given.StartsWith("paco.ref ", StringComparison.Ordinal) ? given["paco.ref ".Length..].Trim() : given.Trim();
        var parts = reference.Split('.');
        if (parts.Length != Parts || parts[0] != "netenv" || parts[SectionAt] != Section)
            throw NoSecret(terminal, arguments, reference);
        var session = (arguments with { Scope = string.Join('.', parts[..(SectionAt + 1)]) }).OpenSession(terminal);
        var secret = ProjectSecret.In(session.Graph).FirstOrDefault(s => s.Name == reference)
            ?? throw NoSecret(terminal, arguments, reference);
        await using var choice = await CloudChoice.Open(session, arguments, cancel);
        await Set(session, choice, secret, cancel);
        return ExitCode.Success;
    }

    private static async Task Set(Session session, CloudChoice choice, ProjectSecret secret, CancellationToken cancel)
    {
        var (terminal, place) = (session.Terminal, secret.Stack.Place);
        await PlanMaking.SignIn(session, choice, cancel);
        var secrets = choice.Cloud.SecretsManager(place);
        var stored = await secrets.DescribeSecret(secret.Name, cancel);
        Refuse(session, choice, secret, stored);
        var account = choice.AccountIds.TryGetValue(place.Account, out var id) ? $"{place.Account} ({id})" : place.Account;
        terminal.Screen.Line($"{secret.Name}   account {account} · {place.Region}", Views.TextStyle.Bold);
        if (stored!.Versions > 1 || secret.Generated)
            terminal.Screen.Line("It has a value. The new one takes its place; what was made with the old one, a database, keeps that.");
        var value = Read(terminal, secret.Key);
        await secrets.PutSecretValue(secret.Name, value, cancel);
        terminal.Screen.Line("Set.", Views.TextStyle.Green);
    }

    private static void Refuse(Session session, CloudChoice choice, ProjectSecret secret, StoredSecret? stored)
    {
        var place = secret.Stack.Place;
        if (stored is null)
        {
            throw new CommandError($"{secret.Name} is not deployed in {place} yet: there is nothing to put a value into",
                $"{session.CommandIn(choice).Of("provision")} makes it");
        }
        if (stored.IsBeingDeleted)
        {
            throw new CommandError($"{secret.Name} in {place} is about to be deleted, and takes no value",
                $"bring it back first: aws secretsmanager restore-secret --secret-id {secret.Name} --region {place.Region}");
        }
    }

    private static Secret Read(Terminal terminal, string? key)
    {
        if (terminal.ReadHidden is not null)
            return new Secret(Prompt.HiddenTwice(terminal, "Value", value => Mistake(value, key)));
        var piped = Piped(terminal.In);
        return Mistake(piped, key) is { } mistake ? throw new CommandError($"{mistake}: nothing was set") : new Secret(piped);
    }

    /// <summary>All of it, without the line break that programs end their output with.</summary>
    private static string Piped(TextReader input)
    {
        // One that is too long is not read to its end: it may have none.
        var buffer = new char[MostBytes + 3];
        var text = new string(buffer, 0, input.ReadBlock(buffer, 0, buffer.Length));
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }

    /// <summary>What keeps it from being a value; nothing of it is repeated.</summary>
    private static string? Mistake(string value, string? key) => value switch
    {
        { Length: 0 } => "the value is empty",
        _ when value.Contains('\0', StringComparison.Ordinal) || value.Contains('\uFFFD', StringComparison.Ordinal) =>
            "the value is no text in UTF-8, and a secret of a project is text",
        _ when Encoding.UTF8.GetByteCount(value) > MostBytes =>
            string.Create(CultureInfo.InvariantCulture, $"the value is longer than {MostBytes:N0} bytes, the most Secrets Manager keeps"),
        _ when key is not null && !Has(value, key) =>
            $"the value is no JSON object with the key \"{key}\", which is what those who read this secret look for",
        _ => null,
    };

    private static bool Has(string value, string key)
    {
        try
        {
            using var json = JsonDocument.Parse(value);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(key, out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static CommandError NoSecret(Terminal terminal, CloudArguments arguments, string reference)
    {
        var graph = Session.Open(terminal, arguments.Home, null).Compilation.Graph;
        List<string> all = graph is null ? [] : [.. ProjectSecret.In(graph).Select(s => s.Name)];
        // A word without dots may be a value that somebody typed in the wrong place.
        var named = reference.Contains('.', StringComparison.Ordinal) ? $"\"{reference}\"" : "that";
        return new CommandError($"{named} is no secret that the project makes",
            Near(reference, all) is { } near ? $"did you mean \"{near}\"?"
            : all.Count > 0 ? $"it makes {string.Join(", ", all.Take(Parts))}"
            : "secrets stand in secrets_manager of an environment; one that is not enabled is not made");
    }

    // In the project's files a secret is written without its environment.
    private static string? Near(string reference, IReadOnlyCollection<string> all)
    {
        var at = reference.IndexOf($"{Section}.", StringComparison.Ordinal);
        var end = at >= 0 ? reference[at..] : $"{Section}.{reference}";
        return all.FirstOrDefault(name => name.EndsWith($".{end}", StringComparison.Ordinal)) ?? Spelling.Nearest(reference, all);
    }
}
