namespace Paco.Cli;

/// <summary>Text files that are part of the program, by the path they have in the repository or beside the sources.</summary>
internal static class EmbeddedText
{
    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program holds no {name}.");
        using var reader = new StreamReader(stream);

        // A Windows clone may have them with CRLF.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
