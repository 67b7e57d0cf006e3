using Paco.Binding;
using Paco.Project;
using Paco.Syntax;

namespace Paco.Tests.BadInput;

/// <summary>Directories that are no projects, and things in place of files.</summary>
public sealed class FileSystemTests
{
    [Fact]
    public void A_home_that_does_not_exist_is_no_project()
    {
        var diagnostic = Assert.Single(Toolkit.Compile("/nowhere/at/all").Diagnostics);
        Assert.Equal((ProjectCodes.NoProject, "there is no directory /nowhere/at/all"), (diagnostic.Code, diagnostic.Message));
    }

    [Fact]
    public void A_home_that_is_a_file_is_no_project()
    {
        using var project = new BadProject();
        Assert.Equal(ProjectCodes.NoProject, Assert.Single(Toolkit.Compile(project.PathOf("project.yaml")).Diagnostics).Code);
    }

    [Fact]
    public void An_empty_directory_is_no_project_and_says_how_to_name_one()
    {
        using var folder = new TemporaryFolder();
        var diagnostic = Assert.Single(Toolkit.Compile(folder.Path).Diagnostics);
        Assert.Equal(ProjectCodes.NoProject, diagnostic.Code);
        Assert.Contains("--home", diagnostic.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_layout_version_is_refused_with_its_line()
    {
        using var project = new BadProject().With("paco-project-version.txt", "6.2\n");
        Assert.Contains("6.2", project.Only(ProjectCodes.WrongVersion).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_management_account_is_named()
    {
        using var project = new BadProject().Without("accounts/master.yaml");
        Assert.Contains("accounts/master.yaml", project.Only(ProjectCodes.NoMaster).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("project.yaml")]
    [InlineData("netenv/mynet.yaml")]
    [InlineData("accounts/dev.yaml")]
    [InlineData("paco-project-version.txt")]
    public void A_directory_in_place_of_a_file_is_said(string file)
    {
        using var project = new BadProject().Without(file);
        Directory.CreateDirectory(project.PathOf(file));
        var diagnostic = project.Only(SyntaxCodes.Unreadable);
        Assert.Equal($"{file} is a directory; a file is expected", diagnostic.Message);
    }

    [Theory]
    [InlineData("netenv/mynet.yaml")]
    [InlineData("accounts/dev.yaml")]
    [InlineData("project.yaml")]
    public void A_link_to_nothing_cannot_be_read(string file)
    {
        using var project = new BadProject().Without(file);
        File.CreateSymbolicLink(project.PathOf(file), "/nowhere/at/all.yaml");
        Assert.Equal(file, project.Only(SyntaxCodes.Unreadable).Location.File!.Path);
    }

    [Fact]
    public void A_link_to_itself_cannot_be_read()
    {
        using var project = new BadProject().Without(BadProject.Netenv);
        File.CreateSymbolicLink(project.PathOf(BadProject.Netenv), project.PathOf(BadProject.Netenv));
        project.Only(SyntaxCodes.Unreadable);
    }

    [Fact]
    public void A_device_without_end_is_not_read()
    {
        if (!File.Exists("/dev/zero"))
            return;
        using var project = new BadProject().Without(BadProject.Netenv);
        File.CreateSymbolicLink(project.PathOf(BadProject.Netenv), "/dev/zero");
        Assert.True(project.Compile().HasErrors);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_said()
    {
        // Not even root may read this one.
        const string Unreadable = "/proc/self/mem";
        if (!File.Exists(Unreadable))
            return;
        using var project = new BadProject().Without(BadProject.Netenv);
        File.CreateSymbolicLink(project.PathOf(BadProject.Netenv), Unreadable);
        Assert.True(project.Compile().HasErrors);
    }

    [Fact]
    public void Two_files_that_differ_in_case_only_are_one_too_many()
    {
        using var project = new BadProject();
        project.With("accounts/Dev.yaml", project.Text("accounts/dev.yaml"));
        Assert.Contains("accounts/Dev.yaml", project.Only(ProjectCodes.SameFile).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\\0b\"", "cannot be a path")]
    [InlineData("nowhere.yaml", "there is no file")]
    [InlineData("../../../../../../nowhere", "there is no file")]
    public void An_import_from_nowhere_is_said(string file, string _)
    {
        var written = file.StartsWith('"') ? $"\"file://{file[1..]}" : $"file://{file}";
        using var project = new BadProject();
        project.With(BadProject.Netenv, $"import_from: {written}\n{project.Text(BadProject.Netenv)}");
        Assert.Contains("leads nowhere", project.Only(ProjectCodes.BadImport).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compiling_changes_no_file()
    {
        using var project = new BadProject().With(BadProject.Netenv, "\0").With("accounts/dev.yaml", "{");
        var before = Contents(project);
        project.Compile();
        Assert.Equal(before, Contents(project));
    }

    [Fact]
    public void A_reference_to_a_field_of_a_file_that_is_none_has_a_code()
    {
        using var project = new BadProject().Replace(BadProject.Netenv, "aws_account: paco.ref accounts.dev", "aws_account: dev");
        project.Only(BindingCodes.NotAReference);
    }

    private static string[] Contents(BadProject project) =>
        [
            .. Directory.EnumerateFiles(project.Home, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(f => f + Convert.ToHexString(File.ReadAllBytes(f))),
        ];
}
