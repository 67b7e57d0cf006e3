using Paco.Cli.Views;
using Paco.Cli.Views.Markdown;
using Paco.Diagnostics;
using Paco.Linking;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Cli;

/// <summary>What every command on a project starts with: where it is, what it says, which part is meant.</summary>
internal sealed record Session(Terminal Terminal, ProjectHome Home, Compilation Compilation, Scope Scope)
{
    public PacoProject Project => Compilation.Project!;

    public StackGraph Graph => Compilation.Graph!;

    /// <summary>Why the configuration has nothing of the scope, where a command takes what is only deployed too; else null.</summary>
    public string? Missing { get; private init; }

    /// <summary>What the scope did not need.</summary>
    public NotRead? NotRead => Compilation.Project?.NotRead;

    /// <summary>Command lines about the same scope in the same cloud.</summary>
    public CommandText CommandIn(CloudChoice choice) => new(Terminal.Command, Scope, choice.Flag);

    /// <summary>Compiles what a scope needs, or without one the whole project; the caller shows the diagnostics.</summary>
    /// <param name="mayBeGone">What the configuration no longer has is a scope too; <see cref="Missing"/> says what is not there.</param>
    public static Session Open(Terminal terminal, string? homeFlag, string? scopeText, bool mayBeGone = false)
    {
        var home = ProjectHome.Find(terminal, homeFlag);
        var scope = scopeText is null ? Scope.All : ScopeOffer.Parse(scopeText, home);
        var compilation = Toolkit.Compile(home.Path, scope);
        // A file that cannot be read takes its objects with it: then that is the mistake to show.
        var missing = compilation.HasErrors ? null : compilation.ProblemWith(scope);
        return missing is null || (mayBeGone && !compilation.IsNotBuilt(scope))
            ? new Session(terminal, home, compilation, scope) { Missing = missing }
            : throw new CommandError(missing);
    }

    /// <summary>Compiles, shows mistakes, and goes no further where there are errors or the branch is wrong.</summary>
    public static Session OpenForCloud(Terminal terminal, string? homeFlag, string? scopeText, bool? warn, bool mayBeGone = false)
    {
        var session = Open(terminal, homeFlag, scopeText, mayBeGone: true);
        if (session.Missing is { } missing && !mayBeGone)
            throw new CommandError(missing, $"{terminal.Command} list shows what is deployed, also of what left the configuration");
        var shown = session.Compilation.Diagnostics.Where(d => d.Severity == Severity.Error || (warn ?? session.Home.Warn) == true);
        DiagnosticView.Show(terminal.ErrorScreen, [.. shown], 0);
        if (session.Compilation.HasErrors)
        {
            var found = session.Compilation.Diagnostics;
            terminal.Tell(output => DiagnosticFormats.Json(output, found, session.NotRead, indented: false),
                about => DiagnosticMarkdown.Page(about, found, terminal.Command));
            throw new CommandError("the project has mistakes; nothing was sent to AWS") { IsTold = true };
        }
        GitBranch.Enforce(session.Home.Path, session.Project, session.Scope);
        return session;
    }
}
