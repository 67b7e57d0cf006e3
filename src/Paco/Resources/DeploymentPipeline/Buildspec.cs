using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// What a build does. The field holds the specification itself (a text of several lines), the path of a file of the project (it begins with
/// <c>./</c>, <c>../</c>, <c>~</c> or <c>/</c>, which no path in a repository does), the ARN of an object in S3, or else the name of a file
/// in the repository.
/// </summary>
public sealed class Buildspec
{
    private const string Field = "buildspec";
    private const string Usual = "buildspec.yml";
    private const string ObjectArn = ":s3:::";

    private static readonly string[] OfProject = ["./", "../", "~", "/"];

    private readonly string _written;

    public Buildspec(Fields f)
    {
        _written = f.Text(Field,
            "What the build does: the name of a file in the repository (`ci/buildspec.yaml`), a file of this project, whose path begins with `./` or `../`, or the specification itself, as text of several lines. What is here is checked; what is in the repository CodeBuild reads.",
            Usual);
        Content = _written.Contains('\n', StringComparison.Ordinal) ? new SourceFile(Field, _written)
            : OfProject.Any(begin => _written.StartsWith(begin, StringComparison.Ordinal)) ? f.FileNamed(Field, _written)
            : null;
        Root = Content is { } content ? YamlReader.Read(content, new DiagnosticBag()) as MapNode : null;
    }

    /// <summary>The specification where it is known here; null where the repository has it.</summary>
    public SourceFile? Content { get; }

    private MapNode? Root { get; }

    /// <summary>It stands in the field itself.</summary>
    private bool IsInField => Content?.Path == Field;

    /// <summary>It can be read without a repository.</summary>
    internal bool IsHere => Content is not null || Object is not null;

    /// <summary>The object in S3 that holds it, as an ARN; null where none does.</summary>
    internal string? Object => Content is null && _written.StartsWith("arn:", StringComparison.Ordinal)
        && _written.Contains(ObjectArn, StringComparison.Ordinal) ? _written : null;

    /// <summary>As CodeBuild takes it; null for the file it looks for by itself.</summary>
    internal Value? ToValue() => Value.Of(_written.Length == 0 ? null : Content?.Text ?? _written);

    /// <summary>The names of report groups it fills, as far as it is known here. Those that are ARNs are not the project's.</summary>
    internal IEnumerable<string> ReportGroups => (Root?["reports"] as MapNode)?.Entries.Select(e => e.Key)
        .Where(name => !name.StartsWith("arn:", StringComparison.Ordinal)) ?? [];

    /// <param name="isBatch">It has to say what the builds of a batch are.</param>
    internal void Rules(Fields f, bool isBatch)
    {
        if (Content is { } content)
        {
            foreach (var mistake in BuildspecCheck.Of(content, isBatch))
                f.Report(PipelineCodes.NoBuildspec, PlaceOf(f, content, mistake.At), mistake.Message, mistake.WayOut);
        }
        else if (Object is null && _written.AsSpan().IndexOfAny(" \t:{") >= 0)
        {
            f.Report(PipelineCodes.NoBuildspec, f.Place(Field), $"\"{_written}\" is neither the name of a file nor a build specification",
                "a specification is text of several lines: buildspec: |");
        }
    }

    // What stands in the field is found there; a file has its own lines.
    private Location PlaceOf(Fields f, SourceFile content, Location at)
    {
        if (!IsInField)
            return at;
        var start = 0;
        for (var line = 1; line < at.Line; line++)
            start = content.Text.IndexOf('\n', start) + 1;
        return f.PlaceWithin(Field, Math.Min(content.Text.Length, start + Math.Max(0, at.Column - 1)), Math.Max(1, at.Length));
    }
}
