namespace Paco.Starters;

/// <summary>One file of a new project: its path below the project's folder, with <c>/</c>, and its text, with line feeds.</summary>
public sealed record GeneratedFile(string Path, string Text);
