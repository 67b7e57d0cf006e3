using System.Text;
using System.Text.RegularExpressions;
using Paco.CloudFormation;
using Paco.Linking;
using Paco.Resources.LaunchBundles;
using Paco.Tests.Pages;

namespace Paco.Tests.Instances;

/// <summary>
/// Runs the pages *.boot.md beside the launch bundles: an ASG as YAML, and what one of its instances does. The README of the pages
/// says which blocks there are. With PACO_UPDATE=1 the transcripts are written instead of compared.
/// </summary>
public sealed class BootPageTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("PACO_UPDATE") == "1";

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var file in Directory.EnumerateFiles(Repository.Path("src", "Paco"), "*.boot.md", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            foreach (var section in Page.Read(file).Sections)
                cases.Add(Path.GetRelativePath(Repository.Root, file), section.Title);
        }
        return cases;
    }

    [InstanceTheory]
    [MemberData(nameof(Cases))]
    public void An_instance_does_what_the_page_says(string file, string title)
    {
        var page = Page.Read(Repository.Path(file));
        var section = page.Sections.Single(s => s.Title == title);
        using var folder = new TemporaryFolder();
        PageProject.Write(folder, section);
        using var server = new Server(StandIns.Compile(folder.Path, section), section.Blocks.First(b => b.Kind == "boot").Argument);
        foreach (var block in section.Blocks.Where(b => b.Kind is "world" or "boot" or "run" or "show"))
        {
            var actual = Do(server, block);
            if (block.Kind == "world")
                continue;
            if (Update)
                page.Replace(section, block, actual);
            else
                Assert.Equal(block.Text.Trim(), actual.Trim());
        }
    }

    // What is logged stands in the transcript, between the calls.
    private static string WithoutLog(string said) => string.Concat(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith("2026-11-29T12:00:00Z", StringComparison.Ordinal)).Select(line => line + "\n"));

    /// <summary>What comes of a block: of the world nothing.</summary>
    internal static string Do(Server server, PageBlock block)
    {
        switch (block.Kind)
        {
            case "world":
                foreach (var line in block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    var colon = line.IndexOf(": ", StringComparison.Ordinal);
                    server.Instance.Write($"/world/{line[..colon]}", Regex.Unescape(line[(colon + 2)..]) + "\n");
                }
                return "";
            case "boot":
                server.Boot();
                return server.Instance.Transcript;
            case "run":
                var (code, said) = server.Run(block.Argument);
                return WithoutLog(said) + server.Instance.Transcript + (code == 0 ? "" : $"exit {code}\n");
            default:
                return server.Instance.Has(block.Argument) ? server.Instance.Read(block.Argument) : "no such file";
        }
    }
}

/// <summary>An instance of a project's only ASG: user data and tags as in the template, bundles as they are uploaded.</summary>
internal sealed class Server : IDisposable
{
    private readonly string _userData;

    public Server(Compilation compilation, string system)
    {
        var graph = compilation.Graph ?? throw new InvalidOperationException(string.Join('\n', compilation.Diagnostics));
        var stack = graph.Stacks.Single(s => s.Template.Find("LaunchTemplate") is not null);
        var upload = graph.Nodes.OfType<ActionNode>().Select(n => n.Action).OfType<LaunchBundleUpload>().Single();
        _userData = UserDataOf(stack.Template);
        Instance = new Instance(system);
        Instance.Upload(upload.Bucket, upload.Bundles);
        foreach (var key in TagsOf(stack.Template))
            Instance.Write($"/world/metadata/meta-data/tags/instance/{key}", TagValue(key));
    }

    public Instance Instance { get; }

    public int Boot() => Instance.Run(_userData).Code;

    /// <summary>A line of shell, as somebody on the instance would type it who has sourced the library.</summary>
    public (int Code, string Said) Run(string command) =>
        Instance.Run(new StringBuilder("set -e\n. /opt/paco/EC2Manager/ec2lm_functions.bash\n").Append(command).Append('\n').ToString());

    public void Dispose() => Instance.Dispose();

    private static string UserDataOf(Template template) =>
        template.Find("LaunchTemplate")?.Properties["LaunchTemplateData"] is MapValue data
        && data["UserData"] is FunctionValue { Argument: TextValue script }
            ? script.Text
            : throw new InvalidOperationException("the launch template has no user data");

    private static IEnumerable<string> TagsOf(Template template) => template.Find("ASG")?.Properties["Tags"] is ListValue tags
        ? tags.Items.OfType<MapValue>().Select(tag => tag["Key"]).OfType<TextValue>().Select(key => key.Text)
        : [];

    private static string TagValue(string key) => key.Split('-')[0] switch
    {
        "efs" => $"fs-{key[^8..]}",
        "ebs" => "vol-0123456789abcdef0",
        "dns" => "Z0123456789ABCDEFGHIJ",
        "ecr" => $"123456789012.dkr.ecr.us-west-2.amazonaws.com/shop/{key[^8..]}",
        "Paco" => key == "Paco-EIP-Allocation-Id" ? "eipalloc-0123456789abcdef0" : "cluster",
        _ => "Mynet-Dev-App-Site-Web",
    };
}
