using System.Text.Json;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Global.Ssm;

/// <summary>What a document says: JSON or YAML, sent as it is written, so that scripts in it keep their lines.</summary>
internal static class DocumentContent
{
    public static string FormatOf(string text) => text.TrimStart().StartsWith('{') ? "JSON" : "YAML";

    /// <summary>Why it cannot be read, or null.</summary>
    public static string? ProblemWith(string text)
    {
        if (FormatOf(text) == "JSON")
            return JsonProblem(text);
        var bag = new DiagnosticBag();
        var node = YamlReader.Read(new SourceFile("content", text), bag);
        return bag.HasErrors ? bag.ToSorted()[0].Message : node is MapNode ? null : "it has no fields";
    }

    private static string? JsonProblem(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return null;
        }
        catch (JsonException e)
        {
            return $"it is wrong, or breaks off, in its line {e.LineNumber + 1}";
        }
    }
}
