using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Paco.CloudFormation;
using Paco.Diagnostics;

namespace Paco.Tests.BadInput;

/// <summary>What every compilation keeps, whatever the files say.</summary>
internal static class Promises
{
    private static readonly HashSet<DiagnosticCode> Codes = [.. Reference.Codes];

    private static readonly ConcurrentDictionary<string, byte> ReadBefore = new();

    /// <summary>The promises a compilation breaks, in words; none is how it should be.</summary>
    public static IEnumerable<string> BrokenBy(Compilation compilation)
    {
        foreach (var diagnostic in compilation.Diagnostics)
        {
            if (!Codes.Contains(diagnostic.Code))
                yield return $"{diagnostic.Code.Id} is no code that can be looked up";
            if (diagnostic.Message.Length == 0)
                yield return $"{diagnostic.Code.Id} says nothing";
            foreach (var place in new[] { diagnostic.Location, diagnostic.Related?.Location ?? default }.Where(p => !LiesInItsFile(p)))
                yield return $"{diagnostic.Code.Id} {place}+{place.Length} is outside of its file: {diagnostic.Message}";
        }
        if (compilation.HasErrors != (compilation.Graph is null))
            yield return "either there are errors or there is a graph";
        foreach (var stack in compilation.Graph?.Stacks ?? [])
        {
            if (!ReadsBack(stack.Template.ToValue()))
                yield return $"the template of {stack.Id} is read back as another one:\n{TemplateWriter.ToYaml(stack.Template)}";
            var file = new ArrayBufferWriter<byte>();
            TemplateWriter.Write(stack.Template, file);
            if (Encoding.UTF8.GetString(file.WrittenSpan) != TemplateWriter.ToYaml(stack.Template.ToValue()))
                yield return $"the template of {stack.Id} is written as another one than its value";
        }
    }

    public static bool LiesInItsFile(Location place) =>
        place.IsNone || place.File!.Nearest(place.Line, place.Column) == place with { Length = 1 };

    /// <summary>
    /// Whether a template's text says what the template says. Most are like one that was read before: they need no second look.
    /// </summary>
    public static bool ReadsBack(MapValue value)
    {
        var (text, json) = (TemplateWriter.ToYaml(value), value.ToJson());
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}\0{json!.ToJsonString()}")));
        var reads = ReadBefore.ContainsKey(hash) || (TemplateReader.Read(text) is { } read && JsonNode.DeepEquals(read.ToJson(), json));
        if (reads)
            ReadBefore.TryAdd(hash, 0);
        return reads;
    }
}
