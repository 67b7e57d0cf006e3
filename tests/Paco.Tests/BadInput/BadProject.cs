using System.Text;
using Paco.Diagnostics;

namespace Paco.Tests.BadInput;

/// <summary>A small valid project with one thing wrong.</summary>
internal sealed class BadProject : IDisposable
{
    public const string Netenv = "netenv/mynet.yaml";

    private readonly TemporaryFolder _folder = new();

    public BadProject() => _folder.CopyFrom(Repository.Path("tests", "projects", "page"));

    public string Home => _folder.Path;

    public string PathOf(string file) => Path.Combine(Home, file);

    public BadProject With(string file, string text)
    {
        _folder.Write(file, text);
        return this;
    }

    public BadProject With(string file, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(file), bytes);
        return this;
    }

    /// <summary>The file's text in another encoding.</summary>
    public BadProject In(Encoding encoding, string file) => With(file, [.. encoding.GetPreamble(), .. encoding.GetBytes(Text(file))]);

    /// <summary>The same file with one text in place of another, which it must hold.</summary>
    public BadProject Replace(string file, string old, string @new)
    {
        Assert.Contains(old, Text(file), StringComparison.Ordinal);
        return With(file, Text(file).Replace(old, @new, StringComparison.Ordinal));
    }

    public BadProject Without(string file)
    {
        File.Delete(PathOf(file));
        return this;
    }

    /// <summary>YAML in place of the marker that stands for an application's resources, indented as it is.</summary>
    public BadProject Resources(string yaml) => Insert("# resources", yaml);

    public BadProject Insert(string marker, string yaml)
    {
        var line = Text(Netenv).Split('\n').Single(l => l.Trim() == marker);
        var indent = line[..line.IndexOf('#', StringComparison.Ordinal)];
        return Replace(Netenv, line, string.Join('\n', yaml.Split('\n').Select(l => indent + l)));
    }

    public string Text(string file) => File.ReadAllText(PathOf(file));

    /// <summary>Compiles, and holds the result against what every compilation promises.</summary>
    public Compilation Compile()
    {
        var compilation = Toolkit.Compile(Home);
        Assert.Empty(Promises.BrokenBy(compilation));
        return compilation;
    }

    /// <summary>Compiles and answers the only diagnostic of that code.</summary>
    public Diagnostic Only(DiagnosticCode code) => Assert.Single(Compile().Diagnostics, d => d.Code == code);

    /// <summary>Compiles and demands that nothing is wrong.</summary>
    public Compilation Valid()
    {
        var compilation = Compile();
        Assert.Empty(compilation.Diagnostics.Select(d => $"{d.Location}: {d.Message}"));
        return compilation;
    }

    public void Dispose() => _folder.Dispose();
}
