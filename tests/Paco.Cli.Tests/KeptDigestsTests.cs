using System.Text;

namespace Paco.Cli.Tests;

/// <summary>Digests of deployed templates in the user's cache: whatever is wrong with them, a plan reads again and says nothing.</summary>
public sealed class KeptDigestsTests : IDisposable
{
    private const string Place = "arn:aws:cloudformation:us-west-2:111111111111";

    private static readonly Dictionary<string, string> Some = new() { ["aa"] = "11", ["bb"] = "22" };

    private readonly string _home = Directory.CreateTempSubdirectory("paco-kept-").FullName;

    private string Cache => Path.Combine(_home, ".cache", "paco");

    private KeptDigests Kept => new(CacheFolder.Of(name => name == "HOME" ? _home : null, HostPlatform.Unix));

    private string File => Directory.GetFiles(Path.Combine(Cache, "templates")).Single();

    [Fact]
    public void What_one_command_keeps_the_next_one_finds()
    {
        Assert.Empty(Kept.Read(Place));
        Kept.Write(Place, Some);
        Assert.Equal(Some, Kept.Read(Place));
    }

    [Fact]
    public void Another_account_or_region_has_a_file_of_its_own()
    {
        Kept.Write(Place, Some);
        Assert.Empty(Kept.Read("arn:aws:cloudformation:us-west-2:222222222222"));
        Assert.Empty(Kept.Read("arn:aws:cloudformation:eu-central-1:111111111111"));
    }

    [Fact]
    public void Nobody_else_may_read_it()
    {
        Kept.Write(Place, Some);
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        foreach (var folder in new[] { Cache, Path.Combine(Cache, "templates") })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":2,\"templates\":{\"aa\":\"11\"}}")]
    [InlineData("{\"format\":\"1\",\"templates\":{\"aa\":\"11\"}}")]
    [InlineData("{\"format\":99999999999,\"templates\":{}}")]
    [InlineData("{\"format\":1,\"templates\":[\"aa\"]}")]
    [InlineData("{\"format\":1,\"templates\":{\"aa\":11}}")]
    [InlineData("{\"format\":1,\"templates\":{\"aa\":\"\\ud800\"}}")]
    public void A_damaged_file_is_as_if_it_were_not_there_and_is_written_anew(string content)
    {
        Kept.Write(Place, Some);
        System.IO.File.WriteAllText(File, content, Encoding.Latin1);
        Assert.Empty(Kept.Read(Place));
        Kept.Write(Place, Some);
        Assert.Equal(Some, Kept.Read(Place));
    }

    [Fact]
    public void A_file_that_was_cut_off_anywhere_is_never_misread()
    {
        Kept.Write(Place, Some);
        var (file, whole) = (File, System.IO.File.ReadAllBytes(File));
        for (var length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(file, whole[..length]);
            Assert.Empty(Kept.Read(Place));
        }
    }

    [Fact]
    public void Where_nothing_can_be_written_nothing_is_kept_and_nobody_is_told()
    {
        System.IO.File.WriteAllText(Path.Combine(_home, ".cache"), "a file where the folder would be");
        Kept.Write(Place, Some);
        Assert.Empty(Kept.Read(Place));
    }

    [Fact]
    public void A_folder_that_may_not_be_written_to_costs_nothing_but_speed()
    {
        Kept.Write(Place, Some);
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
            return;
        var folder = Path.Combine(Cache, "templates");
        System.IO.File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Kept.Write(Place, new Dictionary<string, string> { ["cc"] = "33" });
        Assert.Equal(Some, Kept.Read(Place));
        System.IO.File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_link_in_its_place_is_neither_read_nor_written_through()
    {
        if (OperatingSystem.IsWindows())
            return;
        Kept.Write(Place, Some);
        var elsewhere = Path.Combine(_home, "elsewhere");
        System.IO.File.Move(File, elsewhere);
        System.IO.File.CreateSymbolicLink(Path.Combine(Cache, "templates", Path.GetFileName(NameOf())), elsewhere);
        Assert.Empty(Kept.Read(Place));
        Kept.Write(Place, new Dictionary<string, string> { ["cc"] = "33" });
        Assert.DoesNotContain("33", System.IO.File.ReadAllText(elsewhere), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_commands_at_once_leave_a_whole_file()
    {
        Parallel.For(0, 16, i => Kept.Write(Place, new Dictionary<string, string> { ["aa"] = $"{i}" }));
        Assert.Single(Kept.Read(Place));
        Assert.Single(Directory.GetFiles(Path.Combine(Cache, "templates")));
    }

    [Theory]
    [InlineData("Unix", "HOME=/home/jo", "/home/jo/.cache/paco")]
    [InlineData("Unix", "HOME=/home/jo XDG_CACHE_HOME=/var/tmp/jo", "/var/tmp/jo/paco")]
    [InlineData("Unix", "HOME=/home/jo XDG_CACHE_HOME=here", "/home/jo/.cache/paco")]
    [InlineData("Unix", "", null)]
    [InlineData("MacOS", "HOME=/Users/jo", "/Users/jo/Library/Caches/paco")]
    [InlineData("Windows", "LOCALAPPDATA=/c/jo/AppData/Local HOME=/c/jo", "/c/jo/AppData/Local/paco/cache")]
    [InlineData("Windows", "HOME=/c/jo", null)]
    public void The_cache_is_where_each_platform_has_it(string platform, string variables, string? folder)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(folder?.Replace('/', Path.DirectorySeparatorChar),
            CacheFolder.Of(set.GetValueOrDefault, Enum.Parse<HostPlatform>(platform))?.Replace('/', Path.DirectorySeparatorChar));
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private string NameOf()
    {
        var other = new KeptDigests(Path.Combine(_home, "other"));
        other.Write(Place, Some);
        return Directory.GetFiles(Path.Combine(_home, "other", "templates")).Single();
    }
}
