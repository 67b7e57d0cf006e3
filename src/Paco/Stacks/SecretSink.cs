using Paco.Diagnostics;

namespace Paco.Stacks;

/// <summary>
/// Where what is shown once goes the moment it exists, before anything else is done: a screen, or a file. Used from many tasks at once.
/// </summary>
public interface ISecretSink
{
    /// <summary>
    /// Shows or writes it, and returns when it is there to stay. Throws <see cref="IOException"/> or
    /// <see cref="UnauthorizedAccessException"/> where it cannot; then nobody has it.
    /// </summary>
    void Keep(Reveal reveal);

    /// <summary>
    /// What was kept under that name already: by this run, or in its file by one that was ended right after. Null for nothing.
    /// </summary>
    Secret? Find(string fileName, Func<string, bool> isIt);

    /// <summary>True where it was kept already.</summary>
    bool Has(string fileName, Func<string, bool> isIt) => Find(fileName, isIt) is not null;
}

/// <summary>Nobody is there to see anything: what can be shown only once is not made.</summary>
public sealed class NoSecretSink : ISecretSink
{
    public static readonly NoSecretSink Instance = new();

    private NoSecretSink()
    {
    }

    public void Keep(Reveal reveal) => throw new IOException("there is nowhere to keep it");

    public Secret? Find(string fileName, Func<string, bool> isIt) => null;
}
