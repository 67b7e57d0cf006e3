namespace Paco.Tests;

/// <summary>Where the checkout is, whatever directory the tests run in.</summary>
internal static class Repository
{
    public static readonly string Root = Find(AppContext.BaseDirectory);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find(string at) =>
        File.Exists(System.IO.Path.Combine(at, "Paco.slnx"))
            ? at
            : Find(System.IO.Path.GetDirectoryName(at) ?? throw new InvalidOperationException("no checkout above the tests"));
}

/// <summary>A directory that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("paco-test-").FullName;

    public void Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void CopyFrom(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Write(System.IO.Path.GetRelativePath(folder, file), File.ReadAllText(file));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
