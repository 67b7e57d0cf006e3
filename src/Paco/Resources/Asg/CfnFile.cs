using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;

namespace Paco.Resources.Asg;

/// <summary>
/// A file cfn-init writes. Its content stands here, in a file as it is, or in a file of CloudFormation text (<c>!Sub |</c>).
/// </summary>
public sealed partial class CfnFile(Fields f) : Model(f)
{
    private static readonly Check SixDigits = Check.Pattern("six octal digits such as 000644", Octal());

    private readonly SourceFile? _contentFile = f.File("content_file", "A file with what stands in it, as it is.");

    private readonly CfnText? _cfnText =
        CfnText.Read(f, f.File("content_cfn_file", "A YAML file with what stands in it as CloudFormation text: `!Sub |`, `!Join`."));

    private readonly Value? _written = f.Value("content", "What stands in it: text, or an object, which is written as JSON.");

    public string? Source { get; } = f.Text("source", "An address to load it from.");

    public string? Encoding { get; } = f.Text("encoding", "How `content` is written: plain or base64.", Check.OneOf("plain", "base64"));

    public string? Group { get; } = f.Text("group", "The group that owns it.");

    public string? Owner { get; } = f.Text("owner", "The user who owns it.");

    public string? Mode { get; } = f.Text("mode", "Who may read, write and run it: six octal digits.", SixDigits);

    public string? Authentication { get; } = f.Text("authentication", "The name of the authentication that loading it needs.");

    public string? Context { get; } = f.Text("context", "Values for its content as a Mustache template.");

    public Value? Content => _written ?? _cfnText?.Value ?? Value.Of(_contentFile?.Text);

    protected internal override void Rules(Fields f)
    {
        string[] given = [.. new[] { "content", "content_file", "content_cfn_file", "source" }.Where(f.Has)];
        if (given.Length == 0)
            f.Lacks("", $"the file {Name} needs one of \"content\", \"content_file\", \"content_cfn_file\" and \"source\"");
        else if (given.Length > 1)
            f.Broken(given[1], $"the file {Name} takes one of {string.Join(" and ", given.Select(g => $"\"{g}\""))}");
        if (Encoding is not null && Source is not null)
            f.Broken("encoding", "\"encoding\" goes with content, not with \"source\"");
        if (!Name.StartsWith('/') && !Name.Contains(':', StringComparison.Ordinal))
            f.Report(BindingCodes.BadName, Location, $"\"{Name}\" is no path of a file", "the whole path, beginning with /");
    }

    /// <summary>Reports names in functions that the template does not know.</summary>
    internal void CheckNames(Fields f, IReadOnlyCollection<string> parameters)
    {
        if (_cfnText is { } text)
            CfnText.Check(f, text.Value, name => text.PlaceOf(name), parameters);
        else if (_written is { } written)
            CfnText.Check(f, written, _ => Location, parameters);
    }

    internal MapValue ToValue() => new()
    {
        ["content"] = Content,
        ["source"] = Value.Of(Source),
        ["encoding"] = Value.Of(Encoding),
        ["group"] = Value.Of(Group),
        ["owner"] = Value.Of(Owner),
        ["mode"] = Value.Of(Mode),
        ["authentication"] = Value.Of(Authentication),
        ["context"] = Value.Of(Context),
    };

    [GeneratedRegex("^[0-7]{6}$")]
    private static partial Regex Octal();
}
