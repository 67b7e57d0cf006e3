using System.Text.Json;
using Json.Schema;

namespace Paco.Cli.Tests;

/// <summary>The schemas of docs/schemas. Whatever a command writes for programs in any test is held against them.</summary>
internal static class Schemas
{
    private static readonly EvaluationOptions Listed = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private static readonly Dictionary<string, JsonSchema> All = Read();

    public static string Folder => Repository.Path("docs", "schemas");

    /// <summary>Fails the test where a command that was asked for JSON wrote anything else, or JSON that no schema describes.</summary>
    public static void Hold(string[] args, string output, string directory)
    {
        if (args is ["validate", ..] && Array.IndexOf(args, "json") > 0)
        {
            Document(output, "diagnostics", "error");
        }
        else if (args is ["plan" or "drift" or "list" or "outputs" or "alarms" or "doctor", ..] && args.Contains("--json"))
        {
            Document(output, args[0], "diagnostics", "error");
        }
        else if (args is ["logs" or "explain", ..] && args.Contains("--json"))
        {
            foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Valid(JsonDocument.Parse(line).RootElement, args[0] == "logs" ? "logs" : "filter");
        }
        else if (args is ["provision" or "delete" or "recover", ..] && args.Contains("--json"))
        {
            Run(output);
        }
        else if (args is ["synth", .., "--out", var into] && Path.Combine(directory, into, "stacks.json") is var index
            && File.Exists(index))
        {
            Valid(JsonDocument.Parse(File.ReadAllText(index)).RootElement, "stacks");
        }
    }

    /// <summary>The lines of a run: first what is to be done, last how it ended.</summary>
    public static void Run(string output)
    {
        var types = new List<string>();
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var document = JsonDocument.Parse(line).RootElement;
            Valid(document, "run");
            types.Add(document.GetProperty("type").GetString()!);
        }
        Assert.Contains(types[0], (string[])["plan", "recovery", "diagnostics", "error"]);
        Assert.Contains(types[^1], (string[])["run-ended", "diagnostics", "error"]);
        Assert.Single(types, t => t is "run-ended" or "diagnostics" or "error");
    }

    /// <summary>What keeps a document from being of a schema; nothing where it is.</summary>
    public static IReadOnlyList<string> Faults(JsonElement document, string schema)
    {
        var results = All[schema].Evaluate(document, Listed);
        if (results.IsValid)
            return [];
        return
        [
            .. from detail in (results.Details ?? []).Append(results)
               from error in detail.Errors ?? []
               select $"{detail.InstanceLocation} {error.Key}: {error.Value}",
        ];
    }

    // One document and nothing beside it.
    private static void Document(string output, params string[] schemas)
    {
        var document = JsonDocument.Parse(output).RootElement;
        var type = document.GetProperty("type").GetString()!;
        Assert.Contains(type, schemas);
        Valid(document, type);
    }

    private static void Valid(JsonElement document, string schema)
    {
        var faults = Faults(document, schema);
        var text = document.GetRawText();
        Assert.True(faults.Count == 0, $"{string.Join('\n', faults.Take(20))}\n{text[..Math.Min(2000, text.Length)]}");
    }

    // Under a name, not where the files are: of a reference to a file on the disk this reader drops what follows the #.
    private static Dictionary<string, JsonSchema> Read()
    {
        var options = new BuildOptions { SchemaRegistry = new SchemaRegistry() };
        return Directory.GetFiles(Folder).ToDictionary(
            f => Path.GetFileName(f).Split('.')[0],
            f => JsonSchema.FromFile(f, options, new Uri($"https://schemas.invalid/{Path.GetFileName(f)}")));
    }
}
