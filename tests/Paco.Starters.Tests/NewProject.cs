using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace Paco.Starters.Tests;

/// <summary>A project as <c>paco init project --defaults --set key=value …</c> would make it, in memory.</summary>
internal sealed class NewProject
{
    private NewProject(ImmutableArray<GeneratedFile> files) => Files = files;

    public ImmutableArray<GeneratedFile> Files { get; }

    public string this[string path] => Files.Single(file => file.Path == path).Text;

    public static Starter Starter => StarterCatalog.Find("managed-webapp-cicd")!;

    public static Completion Complete(params (string Key, string Value)[] given) => Complete(true, given);

    public static Completion Complete(bool useDefaults, params (string Key, string Value)[] given) =>
        Starter.Complete("my-project", Given(given), useDefaults);

    public static NewProject With(params (string Key, string Value)[] given)
    {
        var completion = Complete(given);
        Assert.Empty(completion.Problems);
        return new(Starter.Render("my-project", completion.Answers!));
    }

    /// <summary>The node at a path of keys and list positions, for example <c>/environments/dev/title</c>.</summary>
    public YamlNode Node(string file, string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(Root(file), (node, key) => node switch
        {
            YamlSequenceNode list => list[int.Parse(key)],
            _ => node[key],
        });

    public string Scalar(string file, string path) => ((YamlScalarNode)Node(file, path)).Value!;

    public string[] List(string file, string path) =>
        [.. ((YamlSequenceNode)Node(file, path)).Select(item => ((YamlScalarNode)item).Value!)];

    public string[] Keys(string file, string path) =>
        [.. ((YamlMappingNode)Node(file, path)).Children.Keys.Select(key => ((YamlScalarNode)key).Value!)];

    public bool Has(string file, string path)
    {
        var split = path.LastIndexOf('/');
        return Node(file, path[..split]) is YamlMappingNode map && map.Children.ContainsKey(path[(split + 1)..]);
    }

    public YamlNode Root(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(this[file]));
        return Assert.Single(stream.Documents).RootNode;
    }

    private static Answers Given((string Key, string Value)[] given) =>
        given.Aggregate(Answers.Empty.With("s3bucket_hash", "abcd1234"), (answers, one) => answers.With(one.Key, one.Value));
}
