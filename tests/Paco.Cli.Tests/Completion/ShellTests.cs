using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Paco.Cli.Completion;

namespace Paco.Cli.Tests.Completion;

/// <summary>
/// The scripts in the shells they are for: keys are typed at a terminal, and a program in the place of paco says which words it was run
/// with. To complete them it asks ours.
/// </summary>
public sealed partial class ShellTests
{
    private const string Prompt = "READY>";

    // What is typed, with the tab key as ⇥, and the words that are run.
    private static readonly (string Typed, string Ran)[] Lines =
    [
        ("paco pl⇥netenv.mynet.d⇥", "[plan][netenv.mynet.dev]"),
        ("paco plan resource.ro⇥--out=ke⇥", "[plan][resource.route53][--out=kept plan]"),
        ("paco validate --format=sar⇥", "[validate][--format=sarif]"),
        ("paco plan --fault thr⇥", "[plan][--fault][throttle:]"),
        ("paco schema --out reso⇥x", "[schema][--out][resource/x]"),
        ("paco plan --home \"../other project\" netenv.n⇥", "[plan][--home][../other project][netenv.net9]"),
        ("cd ..", ""),
        ("paco plan netenv.m⇥", "[plan][netenv.m]"),
    ];

    [ShellTheory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task A_shell_completes_what_is_typed(string shell)
    {
        using var project = await Starter.New();
        project.Write("kept plan", "");
        project.Write("../other project/project.yaml", "name: other\n");
        project.Write("../other project/netenv/net9.yaml", "network: {}\n");

        var screen = await Type(project, shell, [.. Lines.Select(line => line.Typed.Replace('⇥', '\t'))]);

        Assert.Equal(Lines.Select(l => l.Ran).Where(ran => ran.Length > 0), Ran().Matches(screen).Select(m => m.Groups[1].Value));
        Assert.DoesNotContain("error", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shell_has_a_script()
    {
        foreach (var shell in ShellScript.Shells)
            Assert.Contains("complete -- ", ShellScript.Of(shell), StringComparison.Ordinal);
    }

    private static async Task<string> Type(ProjectFolder project, string shell, string[] lines)
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("python3", [Script(), Prompt, .. Interactive(shell, folder.Path)])
        {
            WorkingDirectory = project.Home,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = $"{Stub(folder.Path)}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = start.Environment["ZDOTDIR"] = start.Environment["XDG_CONFIG_HOME"] = folder.Path;
        (start.Environment["TERM"], start.Environment["LANG"]) = ("xterm", "C.UTF-8");
        foreach (var name in new[] { "DOTNET_ROOT", "TMPDIR" })
            start.Environment[name] = Environment.GetEnvironmentVariable(name);
        var pipes = new[] { Path.Combine(folder.Path, "ask"), Path.Combine(folder.Path, "answer") };
        (await Programs.Run("mkfifo", pipes)).Succeeds();
        var answering = PacoProgram.IsNamed ? Task.CompletedTask : Task.Run(() => Answer(project, pipes[0], pipes[1]));
        try
        {
            return (await Programs.Run(start, string.Join('\n', [.. lines, "exit"]))).Out;
        }
        finally
        {
            if (!PacoProgram.IsNamed)
                Write(pipes[0], "");
            await answering;
        }
    }

    // Keys are answered in this process, as all commands of tests are; a program that was named answers itself.
    private static async Task Answer(ProjectFolder project, string ask, string answer)
    {
        while (File.ReadAllText(ask).Split('\n')[..^1] is [var directory, .. var words])
        {
            project.At = directory;
            Write(answer, (await project.Run(words)).Out);
        }
    }

    private static void Write(string pipe, string text)
    {
        using var writer = new StreamWriter(new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
        writer.Write(text);
    }

    private static string[] Interactive(string shell, string home)
    {
        switch (shell)
        {
            case "bash":
                File.WriteAllText(Path.Combine(home, "rc"), $"PS1='{Prompt} '\nsource <(paco completion bash)\n");
                return ["bash", "--noprofile", "--rcfile", Path.Combine(home, "rc"), "-i"];
            case "zsh":
                File.WriteAllText(Path.Combine(home, ".zshrc"),
                    $"PS1='{Prompt} '\nautoload -Uz compinit\ncompinit -D -u\nsource <(paco completion zsh)\n");
                return ["zsh", "-d", "-i"];
            default:
                // Else a new home begins with reading all manual pages.
                Directory.CreateDirectory(Path.Combine(home, ".local/share/fish/generated_completions"));
                return ["fish", "-C", $"paco completion fish | source; function fish_prompt; echo '{Prompt} '; end; set -g fish_greeting"];
        }
    }

    // In the place of paco: it is asked as paco is, and does nothing but say what it was told to do.
    private static string Stub(string folder)
    {
        var bin = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        var answered = PacoProgram.IsNamed
            ? $"exec {Cli.Views.ShellWord.Of(PacoProgram.Line[0])} \"$@\""
            : $"printf '%s\\n' \"$PWD\" \"$@\" >{folder}/ask; exec cat {folder}/answer";
        File.WriteAllText(Path.Combine(bin, "paco"), $"""
            #!/bin/sh
            case "$1" in complete | completion) {answered} ;; esac
            printf 'RAN'; printf '[%s]' "$@"; printf ':END\n'

            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(bin, "paco"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return bin;
    }

    private static string Script([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "typed.py");

    [GeneratedRegex(@"RAN(\[.*\]):END")]
    private static partial Regex Ran();
}

/// <summary>Rows about shells; skipped where one of them is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellTheoryAttribute : TheoryAttribute
{
    public ShellTheoryAttribute()
    {
        if (ShellScript.Shells.Append("python3").FirstOrDefault(program => Programs.Find(program) is null) is { } missing)
            Skip = $"{missing} is not on PATH";
    }
}
