namespace Paco.Cli.Tests;

/// <summary>
/// A project in a temporary directory, and the command line run there: in this process, or by the program PACO_PROGRAM names.
/// </summary>
internal sealed class ProjectFolder : IDisposable
{
    private readonly TemporaryFolder _above = new();

    public ProjectFolder(IReadOnlyDictionary<string, byte[]>? files = null)
    {
        Directory.CreateDirectory(Home);
        foreach (var (file, content) in files ?? new Dictionary<string, byte[]>())
        {
            var path = Path.Combine(Home, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }

    public string Home => Path.Combine(_above.Path, "myproj");

    /// <summary>The directory the project's directory is in.</summary>
    public string Above => _above.Path;

    /// <summary>What the environment holds; nothing of this machine's.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The directory commands are run in; the project's own where nothing else is said.</summary>
    public string? At { get; set; }

    /// <summary>The clock of the commands; one that stands still for output that must not differ.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Task<Ran> Run(params string[] args) => RunWith("", args);

    /// <summary>Runs with lines to read, as if typed or piped.</summary>
    public async Task<Ran> RunWith(string input, params string[] args)
    {
        // A program has the clock of the machine.
        if (PacoProgram.IsNamed && Time == TimeProvider.System)
        {
            var ran = await Programs.Run(PacoProgram.Command(At ?? Home, Variables, args), input);
            Schemas.Hold(args, ran.Out, At ?? Home);
            return ran;
        }
        using var interrupts = new Interrupts();
        return await Run(interrupts, input, args);
    }

    /// <summary>Runs under interrupts of the test's own, in this process.</summary>
    public Task<Ran> Run(Interrupts interrupts, params string[] args) => Run(interrupts, "", args);

    private async Task<Ran> Run(Interrupts interrupts, string input, string[] args)
    {
        var (stdout, stderr) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var terminal = new Terminal
        {
            In = new StringReader(input),
            Out = TextWriter.Synchronized(stdout),
            Error = TextWriter.Synchronized(stderr),
            Environment = name => Variables.GetValueOrDefault(name),
            Directory = At ?? Home,
            Time = Time,
        };
        var exit = await Paco.Cli.CommandRunner.Command(args, terminal, interrupts);
        Schemas.Hold(args, stdout.ToString(), terminal.Directory);
        return new Ran(exit, stdout.ToString(), stderr.ToString());
    }

    /// <summary>Provisions a scope in the sandbox without asking.</summary>
    public async Task<Ran> Provision(string scope) => (await Run("provision", scope, "--sandbox", "--yes")).Succeeds();

    public string Read(string file) => File.ReadAllText(Path.Combine(Home, file));

    public void Write(string file, string text)
    {
        var path = Path.Combine(Home, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Changes a piece of a file that stands there exactly once.</summary>
    public void Edit(string file, string before, string after)
    {
        var text = Read(file);
        var at = text.IndexOf(before, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} does not hold: {before}");
        Assert.True(text.IndexOf(before, at + 1, StringComparison.Ordinal) < 0, $"{file} holds more than once: {before}");
        Write(file, text[..at] + after + text[(at + before.Length)..]);
    }

    /// <summary>Changes a piece of one environment's own part of the network environment.</summary>
    public void EditEnvironment(string environment, string before, string after)
    {
        var text = Read(Starter.Netenv);
        var from = text.IndexOf($"\n  {environment}:\n", text.IndexOf("\nenvironments:", StringComparison.Ordinal),
            StringComparison.Ordinal);
        var (head, tail) = (text[..from], text[from..]);
        var at = tail.IndexOf(before, StringComparison.Ordinal);
        Assert.True(from > 0 && at >= 0, $"{environment} does not hold: {before}");
        Write(Starter.Netenv, head + tail[..at] + after + tail[(at + before.Length)..]);
    }

    /// <summary>Every file as it is now, to make other folders like this one. No sandbox may be open in it.</summary>
    public IReadOnlyDictionary<string, byte[]> Files() => Directory.EnumerateFiles(Home, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(Home, f), File.ReadAllBytes);

    public void Dispose() => _above.Dispose();
}
