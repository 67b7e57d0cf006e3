using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Paco.Cli.Help;

/// <summary>
/// The manual page, <c>paco(1)</c>: every command and option of the command line, its examples, and the topics. It is written when it is
/// asked for, so none can be out of date.
/// </summary>
internal sealed class ManPage
{
    // As often as this an option is told once for all.
    private const int Often = 4;

    private readonly StringBuilder _text = new();
    private readonly List<(string Words, Command Command)> _commands;
    private readonly HashSet<string> _shared;
    private string _last = "";

    private ManPage(Command root)
    {
        _commands = [.. CommandTree.Commands(root)];
        _shared = [.. AllOptions.GroupBy(Identity).Where(same => same.Count() >= Often).Select(same => same.Key)];
        Head(root);
        Line(".SH COMMANDS");
        foreach (var (words, command) in _commands.Where(c => c.Command.Subcommands.Count == 0))
            Command(words, command);
        Line(".SH OPTIONS OF SEVERAL COMMANDS");
        foreach (var option in AllOptions.Where(o => _shared.Contains(Identity(o))).DistinctBy(Identity))
            Option(option);
        foreach (var topic in HelpTopic.All)
            Topic(topic);
    }

    public static string Of(Command root) => new ManPage(root)._text.ToString();

    private IEnumerable<Option> AllOptions => _commands.SelectMany(c => CommandTree.Options(c.Command));

    // What says the same is the same.
    private static string Identity(Option option) => $"{option.Name} {option.HelpName} {option.Description}";

    private void Head(Command root)
    {
        Line($".TH PACO 1 \"\" \"Paco {RoffText.Verbatim(CommandLine.Version)}\" \"User Commands\"");
        Line(".ad l");
        Line(".SH NAME");
        Line($@"paco \- {RoffText.Of(root.Description!["Paco: ".Length..].TrimEnd('.'))}");
        Line(".SH SYNOPSIS");
        var (command, scope, options) = (RoffText.Placeholder("COMMAND"), RoffText.Placeholder("SCOPE"), RoffText.Placeholder("OPTIONS"));
        Line($"{RoffText.Typed("paco")} {command} [{scope}] [{options}]");
        Line(".br");
        Line(RoffText.Typed("paco --version"));
        Line(".br");
        Line($"{RoffText.Typed("paco")} [{command}] {RoffText.Typed("--help")}");
        Line(".SH DESCRIPTION");
        Line(RoffText.Of(root.Description));
        Line("A command that changes something shows a plan and asks before it does. Examples:");
        Examples("");
    }

    private void Command(string words, Command command)
    {
        var arguments = command.Arguments.Where(a => !a.Hidden).Select(a => a.Arity switch
        {
            { MinimumNumberOfValues: > 0 } => RoffText.Placeholder(a.Name),
            { MaximumNumberOfValues: > 1 } => $"[{RoffText.Placeholder(a.Name)}…]",
            _ => $"[{RoffText.Placeholder(a.Name)}]",
        });
        Line(".SS " + string.Join(' ', arguments.Prepend(RoffText.Typed($"paco {words}"))));
        Line(RoffText.Of(command.Description!));
        foreach (var argument in command.Arguments.Where(a => !a.Hidden))
            Tagged(RoffText.Placeholder(argument.Name), argument.Description!);
        foreach (var option in CommandTree.Options(command).Where(o => !_shared.Contains(Identity(o))))
            Option(option);
        var shared = CommandTree.Options(command).Where(o => _shared.Contains(Identity(o))).Select(o => RoffText.Typed(o.Name)).ToList();
        if (shared.Count > 0)
        {
            Line(".PP");
            Line($"And, as told below: {string.Join(", ", shared)}.");
        }
        Examples(words);
    }

    private void Option(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(alias => alias.StartsWith('-')).Prepend(option.Name).Select(RoffText.Typed));
        var value = CommandTree.IsSwitch(option) ? "" : $" {RoffText.Placeholder(option.HelpName ?? Closed(option))}";
        Tagged(names + value, option.Description!);
    }

    private static string Closed(Option option) => CommandTree.WordsOf(option) is { Count: > 0 } words
        ? string.Join('|', words)
        : option.Name.TrimStart('-').ToUpper(CultureInfo.InvariantCulture);

    private void Examples(string words)
    {
        Line(".PP");
        Line(".EX");
        foreach (var (line, what) in CommandExamples.Of(words))
            Line(RoffText.Verbatim($"paco {line}  # {what}"));
        Line(".EE");
    }

    private void Topic(HelpTopic topic)
    {
        Line($".SH {topic.Name.Replace('-', ' ').ToUpperInvariant()}");
        foreach (var block in topic.Blocks)
            Block(block);
    }

    private void Block(DocBlock block)
    {
        switch (block)
        {
            case DocBlock.Paragraph paragraph:
                Line(".PP");
                Line(RoffText.Of(paragraph.Text));
                break;
            case DocBlock.Item item:
                Line(@".IP \(bu 2");
                Line(RoffText.Of(item.Text));
                break;
            case DocBlock.Code code:
                Line(".PP");
                Line(".EX");
                foreach (var line in code.Lines)
                    Line(line.Length == 0 ? @"\&" : RoffText.Verbatim($"  {line}"));
                Line(".EE");
                break;
            case DocBlock.Table table:
                if (table.Head.Length > 0)
                    Block(new DocBlock.Paragraph($"**{table.Head.Replace("`", "", StringComparison.Ordinal)}**"));
                foreach (var row in table.Rows)
                    Tagged(string.Join("  ", row[..^1].Where(cell => cell.Length > 0).Select(RoffText.Of)), row[^1]);
                break;
        }
    }

    private void Tagged(string tag, string text)
    {
        Line(".TP");
        Line(tag.Length == 0 ? @"\&" : tag);
        Line(text.Length == 0 ? @"\&" : RoffText.Of(text));
    }

    private void Line(string line)
    {
        // Below a heading a paragraph begins anyhow.
        if (line == ".PP" && _last.StartsWith(".S", StringComparison.Ordinal))
            return;
        _text.Append(line).Append('\n');
        _last = line;
    }
}
