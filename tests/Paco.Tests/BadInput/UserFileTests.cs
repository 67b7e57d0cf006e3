using System.Diagnostics;
using Paco.Diagnostics;
using Paco.Planning;
using Paco.Syntax;

namespace Paco.Tests.BadInput;

/// <summary>What stands where a file is named: reading ends, and nothing outside the project comes in unsaid.</summary>
public sealed class UserFileTests
{
    private const string Group = """
        web:
          type: ASG
          cfn_init:
            configurations:
              Install:
                files:
                  /etc/a:
                    content_file: FILE
        """;

    [Fact]
    public async Task A_pipe_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var project = Naming("./pipe");
        using (var mkfifo = Process.Start("mkfifo", [project.PathOf("netenv/pipe")]))
            await mkfifo.WaitForExitAsync();

        var mistake = Mistake(project, SyntaxCodes.Unreadable);

        Assert.Equal("netenv/pipe is a pipe; a file is expected", mistake.Message);
        Assert.Equal(BadProject.Netenv, mistake.Location.File!.Path);
    }

    [Theory]
    [InlineData("/dev/zero", "/dev/zero is a device; a file is expected")]
    [InlineData("/dev/null", "/dev/null is a device; a file is expected")]
    [InlineData("/dev", "/dev is a directory; a file is expected")]
    public void What_is_no_file_is_said(string named, string message)
    {
        if (!Path.Exists(named))
            return;
        using var project = Naming(named);
        Assert.Equal(message, Mistake(project, SyntaxCodes.Unreadable).Message);
    }

    [Fact]
    public void What_the_system_tells_of_itself_is_no_file()
    {
        if (!File.Exists("/proc/self/status"))
            return;
        var refused = Assert.Throws<IOException>(() => UserFile.Read("/proc/self/status"));
        Assert.Equal("it is what the system tells of itself; a file is expected", refused.Message);
    }

    [Fact]
    public void A_file_with_more_than_it_may_have_is_not_read_on()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "file");
        File.WriteAllBytes(path, new byte[11]);
        Assert.Null(UserFile.Read(path, 10));
        Assert.Equal(11, UserFile.Read(path, 11)!.Length);
    }

    [Fact]
    public void A_file_outside_the_project_is_warned_of_where_it_is_named()
    {
        using var outside = new TemporaryFolder();
        outside.Write("a", "text");
        using var project = Naming(Path.Combine(outside.Path, "a"));

        var warning = Mistake(project, SyntaxCodes.Outside);

        Assert.Equal($"{RealPath.Of(outside.Path)}/a is outside the project", warning.Message);
        Assert.Equal(BadProject.Netenv, warning.Location.File!.Path);
    }

    [Fact]
    public void A_link_to_the_outside_is_seen_through()
    {
        using var outside = new TemporaryFolder();
        outside.Write("files/a", "text");
        using var project = Naming("./files/a");
        Directory.CreateSymbolicLink(project.PathOf("netenv/files"), Path.Combine(outside.Path, "files"));

        Assert.Equal($"netenv/files/a leads to {RealPath.Of(outside.Path)}/files/a, outside the project",
            Mistake(project, SyntaxCodes.Outside).Message);
    }

    [Theory]
    [InlineData("./a")]
    [InlineData("../netenv/a")]
    [InlineData("../link/a")]
    public void What_is_inside_is_not_warned_of_whatever_its_name(string named)
    {
        using var project = Naming(named).With("netenv/a", "text");
        Directory.CreateSymbolicLink(project.PathOf("link"), "netenv");
        Assert.DoesNotContain(project.Compile().Diagnostics, d => d.Code == SyntaxCodes.Outside);
    }

    [Theory]
    [InlineData("import_from: file://FILE\n")]
    [InlineData("")]
    public void A_strict_project_refuses_it(string import)
    {
        using var outside = new TemporaryFolder();
        var path = Path.Combine(outside.Path, "a.yaml");
        File.WriteAllText(path, "title: x\n");
        using var project = import.Length == 0 ? Naming(path) : new BadProject();
        project.With("project.yaml", project.Text("project.yaml") + "strict_files: true\n")
            .With(BadProject.Netenv, import.Replace("FILE", path, StringComparison.Ordinal) + project.Text(BadProject.Netenv));

        Assert.Equal(BadProject.Netenv, Mistake(project, SyntaxCodes.OutsideRefused).Location.File!.Path);
    }

    [Fact]
    public void Links_that_go_in_circles_end()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(Path.Combine(folder.Path, "a"), "b");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "b"), "a");
        Assert.StartsWith(RealPath.Of(folder.Path), RealPath.Of(Path.Combine(folder.Path, "a")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"pacoPlan\":1,\"scope\":\"accounts\",\"delete\":false,\"nodes\":{\"a\":\"1\",\"a\":\"1\"}}")]
    [InlineData("{\"pacoPlan\":1,\"pacoPlan\":1,\"scope\":\"accounts\",\"delete\":false,\"nodes\":{}}")]
    [InlineData("{\"pacoPlan\":1e999,\"scope\":\"accounts\",\"delete\":false,\"nodes\":{}}")]
    [InlineData("{\"pacoPlan\":1.5,\"scope\":\"accounts\",\"delete\":false,\"nodes\":{}}")]
    [InlineData("{\"pacoPlan\":1,\"scope\":\"\\ud800\",\"delete\":false,\"nodes\":{}}")]
    [InlineData("{\"pacoPlan\":1,\"scope\":1,\"delete\":\"no\",\"nodes\":[]}")]
    [InlineData("{\"pacoPlan\":1}")]
    [InlineData("[[[[")]
    [InlineData("")]
    [InlineData("\0")]
    public void A_plan_that_was_written_by_hand_is_none(string text) =>
        Assert.Null(PlanFile.Read(System.Text.Encoding.UTF8.GetBytes(text)));

    private static BadProject Naming(string file) => new BadProject().Resources(Group.Replace("FILE", file, StringComparison.Ordinal));

    private static Diagnostic Mistake(BadProject project, DiagnosticCode code) =>
        Assert.Single(project.Compile().Diagnostics, d => d.Code == code);
}
