using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Paco.Architecture.Tests;

/// <summary>The sources of one project below src/, compiled against what stands beside these tests.</summary>
internal sealed class SourceProject
{
    // Nullability and documentation name no further symbol; without them the walk is twice as fast.
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.None);
    private static readonly CSharpCompilationOptions Compiling = new(OutputKind.DynamicallyLinkedLibrary);

    // What the SDK adds to every project. The list of rooms, which the build adds to the library, uses nothing that matters here.
    private const string Written = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private SourceProject(string root, CSharpCompilation compilation) => (Root, Compilation) = (root, compilation);

    public string Root { get; }

    public CSharpCompilation Compilation { get; }

    public IEnumerable<SyntaxTree> Trees => Compilation.SyntaxTrees.Where(t => t.FilePath.Length > 0);

    public static SourceProject Read(string name)
    {
        var root = Repository.Path("src", name);
        var trees = SourceFiles.Below(root).Select(file => Parse(File.ReadAllText(file), file));
        return new(root, CSharpCompilation.Create(name, [Parse(Written, ""), .. trees], References(name), Compiling));
    }

    /// <summary>The same with another text in a file, which need not be there yet.</summary>
    public SourceProject With(string file, Func<string, string> change)
    {
        var path = Path.Combine(Root, file);
        var old = Compilation.SyntaxTrees.FirstOrDefault(t => t.FilePath == path);
        var @new = Parse(change(old?.ToString() ?? ""), path);
        return new(Root, old is null ? Compilation.AddSyntaxTrees(@new) : Compilation.ReplaceSyntaxTree(old, @new));
    }

    /// <summary>The folder a file stands in, from the project's own: <c>Resources/Asg</c>; empty beside the project file.</summary>
    public string Folder(SyntaxTree tree) =>
        Path.GetRelativePath(Root, Path.GetDirectoryName(tree.FilePath)!).Replace('\\', '/') is var folder and not "."
            ? folder
            : "";

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Parsing, path);

    private static IEnumerable<MetadataReference> References(string compiled) =>
        from file in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        where Path.GetFileNameWithoutExtension(file) != compiled
        select MetadataReference.CreateFromFile(file);
}
