using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Paco.Diagnostics;
using Paco.Syntax;
using Paco.Tests.BadInput;
using Paco.Tests.Pages;
using Schema = Json.Schema.JsonSchema;

namespace Paco.Tests;

/// <summary>
/// The schemas that <c>paco schema</c> writes, held against Draft 2020-12 by JsonSchema.Net, and against projects: what is
/// valid for Paco is valid for an editor, and what an editor can know to be wrong it says.
/// </summary>
public sealed class SchemaTests
{
    private const string Netenv = "netenv/mynet.yaml";

    private static readonly Lazy<ImmutableDictionary<string, Schema>> Schemas = new(() => Reference.Schemas.ToImmutableDictionary(
        s => s.FileName[..^".schema.json".Length], s => Schema.FromText(s.Text)));

    public static readonly TheoryData<string> Names = [.. Reference.Schemas.Select(s => s.FileName)];

    public static readonly TheoryData<string> StarterFiles =
        [.. Starting.Files.Select(f => f.Path).Where(path => KindOf(path) is not null)];

    public static readonly TheoryData<string, string, string> Mistakes = new()
    {
        { "project.yaml", "us-west-2", "us-west-9" },
        { "project.yaml", "abcd1234", "NOT A HASH" },
        { "project.yaml", "name: ", "nam: " },
        { "accounts/dev.yaml", "\"222222222222\"", "\"22222222222\"" },
        { "accounts/dev.yaml", "account_type: AWS", "account_type: Azure" },
        { "accounts/dev.yaml", "region: us-west-2", "region: us-west-9" },
        { "resource/ec2.yaml", "keypair_name:", "keypairname:" },
        { "resource/route53.yaml", "account: paco.ref accounts", "account: accounts" },
        { Netenv, "availability_zones: ", "availability_zones: zones" },
        { Netenv, "instance_type: t3.small", "instancetype: t3.small" },
        { Netenv, "scheme: internet-facing", "scheme: internet" },
        { Netenv, "multi_az: true", "multi_az: maybe" },
        { Netenv, "type: RDSMysql", "type: RDSMysqll" },
        { Netenv, "health_check_interval: ", "health_check_interval: 9" },
        { Netenv, "us-west-2:", "us-west-9:" },
        { Netenv, "environments:", "enviroments:" },
    };

    public static TheoryData<string, string> Pages() => PageTests.Cases();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schema_is_one_by_the_book(string name)
    {
        var text = Reference.Schemas.Single(s => s.FileName == name).Text;
        Assert.True(MetaSchemas.Draft202012.Evaluate(JsonDocument.Parse(text).RootElement).IsValid);
    }

    [Fact]
    public void Schemas_are_the_same_whenever_they_are_made() => Assert.Equal(Reference.Schemas.ToArray(), Reference.Schemas.ToArray());

    [Theory]
    [MemberData(nameof(StarterFiles))]
    public void The_starter_is_valid_for_an_editor(string path) =>
        Assert.Empty(Problems(path, Starting.Files.Single(f => f.Path == path).Text));

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_is_valid_on_a_page_is_valid_for_an_editor(string page, string title)
    {
        var section = Page.Read(Repository.Path(page)).Sections.Single(s => s.Title == title);
        using var folder = new TemporaryFolder();
        PageProject.Write(folder, section);
        if (StandIns.Compile(folder.Path, section).HasErrors)
            return;
        foreach (var path in Directory.EnumerateFiles(folder.Path, "*.yaml", SearchOption.AllDirectories))
        {
            if (KindOf(Path.GetRelativePath(folder.Path, path)) is not null)
                Assert.Empty(Problems(Path.GetRelativePath(folder.Path, path), File.ReadAllText(path)));
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void What_an_editor_can_know_to_be_wrong_it_says(string path, string right, string wrong)
    {
        var text = Starting.Files.Single(f => f.Path == path).Text;
        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.NotEmpty(Problems(path, text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_layer_may_clear_replace_copy_and_name_aliases() => Assert.Empty(Problems(Netenv, """
        network:
          aws_account:
          availability_zones: paco.ref alias.sizes.zones
          vpc: !replace {enabled: paco.ref alias.sizes.on, cidr: paco.ref alias.sizes.cidr, segments: }
        applications:
          app:
            groups: {site: {resources: {alb: {type: LBApplication, scheme: paco.ref alias.sizes.scheme}}}}
        environments:
          dev:
            default:
              applications:
                app:
                app{two}: {groups: {site: {resources: {alb: {security_groups: [], monitoring: , dns: !replace []}}}}}
            us-west-2:
        """));

    [Fact]
    public void Every_section_the_schema_knows_is_read()
    {
        var sections = Reference.FindType("netenv")!.Fields.Fields.Select(f => f.Name).ToList();
        using var project = new BadProject();
        var missing = sections.Where(s => !project.Text(Netenv).Contains($"\n{s}:", StringComparison.Ordinal) && s != "network");
        project.With(Netenv, project.Text(Netenv) + string.Concat(missing.Select(s => $"{s}:\n")) + "anything:\n");
        Assert.Contains("\"anything\"", project.Only(Paco.Binding.BindingCodes.UnreadKey).Message, StringComparison.Ordinal);
    }

    private static string? KindOf(string path) => path.Replace('\\', '/').Split('/') switch
    {
        ["project.yaml"] => "project",
        ["accounts", _] => "account",
        ["netenv", _] => "netenv",
        ["monitor", "logging.yaml" or "Logging.yaml"] => "monitor.logging",
        ["resource", "ec2.yaml" or "route53.yaml"] and [_, var file] => $"resource.{Path.GetFileNameWithoutExtension(file)}",
        _ => null,
    };

    private static IEnumerable<string> Problems(string path, string yaml)
    {
        var bag = new DiagnosticBag();
        var json = Json(YamlReader.Read(new SourceFile(path, yaml), bag)!);
        Assert.False(bag.HasErrors);
        var found = Schemas.Value[KindOf(path)!].Evaluate(
            JsonDocument.Parse(json!.ToJsonString()).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        var details = found.IsValid ? [] : found.Details!.Where(d => d.Errors is not null);
        return details.SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value} ({d.EvaluationPath})"));
    }

    // What an editor's YAML reader makes of it, by the core schema of YAML 1.2.
    private static JsonNode? Json(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, Json(e.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Json)]),
        ScalarNode { IsNull: true } => null,
        ScalarNode { Plain: true, Value: "true" or "True" or "TRUE" } => true,
        ScalarNode { Plain: true, Value: "false" or "False" or "FALSE" } => false,
        ScalarNode { Plain: true, Tag: null, Value: var text }
            when long.TryParse(text, NumberStyles.AllowLeadingSign, null, out var whole) => whole,
        ScalarNode { Plain: true, Tag: null, Value: var text } when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture,
            out var number) =>
            number,
        ScalarNode scalar => scalar.Value,
        _ => throw new InvalidOperationException(),
    };
}
