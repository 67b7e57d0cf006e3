using System.Diagnostics;

namespace Paco.Sandbox.Tests;

/// <summary>The sandbox's file is its owner's alone, and is put where nobody has put anything before.</summary>
public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("paco-sandbox-");

    private string Work => Path.Combine(_folder.FullName, "work");

    private string At => Path.Combine(Work, "sandbox.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_and_what_is_beside_it_are_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var bench = new Bench(new SandboxOptions { DatabasePath = At });
        await bench.Create("s", "Resources: {A: {Type: AWS::SNS::Topic}}");

        Assert.Equal(["sandbox.db", "sandbox.db-shm", "sandbox.db-wal"], Directory.GetFiles(Work).Select(Path.GetFileName).Order());
        foreach (var file in Directory.GetFiles(Work))
            Assert.Equal(Owner, File.GetUnixFileMode(file));
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Work));
    }

    [Fact]
    public async Task A_file_of_before_is_closed_to_others()
    {
        if (OperatingSystem.IsWindows())
            return;
        await LocalCloud.Open(new SandboxOptions { DatabasePath = At }).DisposeAsync();
        File.SetUnixFileMode(At, Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.SetUnixFileMode(Work, Owner | UnixFileMode.UserExecute | UnixFileMode.OtherExecute | UnixFileMode.OtherWrite);

        await LocalCloud.Open(new SandboxOptions { DatabasePath = At }).DisposeAsync();

        Assert.Equal(Owner, File.GetUnixFileMode(At));
        Assert.Equal(Owner | UnixFileMode.UserExecute | UnixFileMode.OtherExecute, File.GetUnixFileMode(Work));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("-shm")]
    [InlineData("-journal")]
    public void A_link_that_waits_for_it_is_not_followed(string beside)
    {
        var victim = Path.Combine(_folder.FullName, "victim");
        File.WriteAllText(victim, "");
        Directory.CreateDirectory(Work);
        File.CreateSymbolicLink(At + beside, victim);

        var refusal = Assert.Throws<SandboxFileException>(() => LocalCloud.Open(new SandboxOptions { DatabasePath = At }));

        Assert.Contains($"{At}{beside} is a link, and the sandbox uses files of its own only", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(victim).Length);
    }

    [Fact]
    public void A_link_to_nothing_makes_nothing_there()
    {
        var victim = Path.Combine(_folder.FullName, "victim");
        Directory.CreateDirectory(Work);
        File.CreateSymbolicLink(At, victim);

        Assert.Throws<SandboxFileException>(() => LocalCloud.Open(new SandboxOptions { DatabasePath = At }));

        Assert.False(File.Exists(victim));
    }

    [Fact]
    public void A_folder_that_is_everybodys_stays_so()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Everybodys = (UnixFileMode)0x1FF | UnixFileMode.StickyBit;
        Directory.CreateDirectory(Work);
        File.SetUnixFileMode(Work, Everybodys);

        var refusal = Assert.Throws<SandboxFileException>(() => LocalCloud.Open(new SandboxOptions { DatabasePath = At }));

        Assert.Contains($"{Work} is shared with other users", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Everybodys, File.GetUnixFileMode(Work));
    }

    [Fact]
    public async Task A_pipe_is_not_opened()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(Work);
        using (var mkfifo = Process.Start("mkfifo", [At]))
            await mkfifo.WaitForExitAsync();

        var refusal = Assert.Throws<SandboxFileException>(() => LocalCloud.Open(new SandboxOptions { DatabasePath = At }));

        Assert.Contains($"{At} is a pipe", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Only root can give a file away: elsewhere there is nothing to see.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("/..")]
    public async Task What_belongs_to_somebody_else_is_left_alone(string beside)
    {
        if (OperatingSystem.IsWindows() || Environment.UserName != "root")
            return;
        Directory.CreateDirectory(Work);
        var theirs = beside == "/.." ? Work : At + beside;
        if (theirs != Work)
            File.WriteAllText(theirs, "");
        using (var chown = Process.Start("chown", ["12345", theirs]))
            await chown.WaitForExitAsync();

        var refusal = Assert.Throws<SandboxFileException>(() => LocalCloud.Open(new SandboxOptions { DatabasePath = At }));

        Assert.Contains($"{theirs} belongs to another user", refusal.Message, StringComparison.Ordinal);
    }
}
