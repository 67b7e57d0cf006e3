using Paco.Cli.Views;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Cli;

/// <summary>The scopes of a project, offered to somebody who left one out or misspelt it.</summary>
internal static class ScopeOffer
{
    private const int Most = 8;

    /// <summary>What a command that needs a scope answers without one.</summary>
    public static CommandError Missing(Terminal terminal, string? home, string verb)
    {
        var scopes = Toolkit.Scopes(ProjectHome.Find(terminal, home).Path).Select(s => s.Path.Text).ToList();
        var some = scopes.Count > Most ? [.. scopes.Take(Most - 1), "…"] : scopes;
        var offered = some.Count == 0 ? "" : $": {string.Join(", ", some)}";
        return new CommandError($"{verb} needs a scope{offered}; --all is the whole project") { Kind = ErrorKind.CommandLine };
    }

    /// <summary>A scope as it was typed; where it is none, with the one that was probably meant.</summary>
    /// <param name="hint">What else it is not, for a command that takes more than scopes.</param>
    public static Scope Parse(string text, ProjectHome home, string? hint = null)
    {
        if (Scope.Parse(text, out var problem) is { } scope)
            return scope;
        var near = problem!.EndsWith('?') ? null : Near(text, [.. Toolkit.Scopes(home.Path).Select(s => s.Path.Text)]);
        throw new CommandError(near is null ? problem : $"{problem}; did you mean \"{near}\"?", hint);
    }

    // Its beginning is what people leave out.
    private static string? Near(string text, string[] scopes) =>
        scopes.FirstOrDefault(scope => scope.EndsWith($".{text}", StringComparison.Ordinal)) ?? Spelling.Nearest(text, scopes);
}
