namespace Paco.Starters;

/// <summary>The text files of the starters, embedded in this assembly under their path below <c>Content/</c>.</summary>
internal static class Content
{
    public static string Read(string path)
    {
        var assembly = typeof(Content).Assembly;
        var name = assembly.GetManifestResourceNames().FirstOrDefault(name => name.Replace('\\', '/') == path)
            ?? throw new InvalidOperationException($"The starters have no file {path}.");
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);

        // A Windows clone may have them with CRLF; a generated project is the same everywhere.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
