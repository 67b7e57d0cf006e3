namespace Paco.Architecture.Tests;

/// <summary>C# that people wrote: not what the build leaves in obj and bin.</summary>
internal static class SourceFiles
{
    public static IEnumerable<string> Below(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        where !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
        orderby file
        select file;
}
