using Paco.Stacks;

namespace Paco.Cli;

/// <summary>Command lines to go on with, as they can be copied: how the user called us, on what, and in which cloud.</summary>
/// <param name="CloudFlag">What leads to the same cloud, with the blank before it; empty where nothing has to be said.</param>
internal sealed record CommandText(string Program, Scope Scope, string CloudFlag)
{
    /// <param name="options">What is asked for beside the scope.</param>
    public string Of(string verb, string options = "") =>
        string.Join(' ', new[] { Program, verb, Typed(verb), options }.Where(part => part.Length > 0)) + CloudFlag;

    private string Typed(string verb) => Scope != Scope.All ? Scope.Path : verb is "provision" or "delete" or "recover" ? "--all" : "";
}
