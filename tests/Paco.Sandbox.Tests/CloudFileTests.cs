using Microsoft.Data.Sqlite;

namespace Paco.Sandbox.Tests;

public sealed class CloudFileTests : IDisposable
{
    private const string Topic = "Resources: {A: {Type: AWS::SNS::Topic}, B: {Type: AWS::SNS::Topic, DependsOn: A}}";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("paco-sandbox-");

    private string File => Path.Combine(_folder.FullName, "work", "sandbox.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_second_command_sees_what_the_first_made()
    {
        await using (var first = new Bench(new SandboxOptions { DatabasePath = File }))
        {
            await first.Create("s", Topic);
        }

        await using var second = new Bench(new SandboxOptions { DatabasePath = File });
        Assert.Equal("CREATE_COMPLETE", await second.Status("s"));
    }

    [Fact]
    public async Task What_was_under_way_when_the_program_ended_has_gone_on()
    {
        await using (var first = new Bench(new SandboxOptions { DatabasePath = File, Pace = Pace.Realistic }))
        {
            Assert.Equal("CREATE_IN_PROGRESS", await first.Create("s", Topic));
        }

        await using var second = new Bench(new SandboxOptions { DatabasePath = File, Pace = Pace.Realistic });
        second.Clock.Pass(7);
        Assert.Equal(["B CREATE_IN_PROGRESS", "B CREATE_IN_PROGRESS Resource creation Initiated"], (await second.Events("s"))[^2..]);
        second.Clock.Pass(7);
        Assert.Equal("CREATE_COMPLETE", await second.Status("s"));
    }

    [Fact]
    public async Task Two_programs_share_a_file()
    {
        await using var one = new Bench(new SandboxOptions { DatabasePath = File });
        await using var two = new Bench(new SandboxOptions { DatabasePath = File });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Create($"s{i}", Topic))));
        Assert.Equal(20, (await one.Cfn("DescribeStacks")).Element("DescribeStacksResult")!.Element("Stacks")!.Elements().Count());
    }

    [Fact]
    public void A_file_that_is_no_database_is_named_with_the_way_out()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "this is a text file, and a rather long one, to be sure of it. " + new string('x', 5000));
        var refusal = Assert.Throws<SandboxFileException>(() => LocalCloud.Open(new SandboxOptions { DatabasePath = File }));
        Assert.Contains(File, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Delete it to start anew, or name another file.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_takes_no_file_is_named_with_the_reason()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const string Nowhere = "/proc/paco/sandbox.db";

        var refusal = Assert.Throws<SandboxFileException>(() => LocalCloud.Open(new SandboxOptions { DatabasePath = Nowhere }));
        Assert.StartsWith($"The sandbox file {Nowhere} cannot be written: ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Name another file.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_elses_database_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE mine(x)";
            command.ExecuteNonQuery();
        }

        var refusal = Assert.Throws<SandboxFileException>(() => LocalCloud.Open(new SandboxOptions { DatabasePath = File }));
        Assert.Contains("is a database, but not one of the sandbox", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_half_written_file_is_no_stack_trace()
    {
        await using (var bench = new Bench(new SandboxOptions { DatabasePath = File }))
        {
            await bench.Create("s", Topic);
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        await System.IO.File.WriteAllBytesAsync(File, bytes[..(bytes.Length / 3)]);
        await Assert.ThrowsAsync<SandboxFileException>(async () =>
        {
            await using var bench = new Bench(new SandboxOptions { DatabasePath = File });
            await bench.Create("t", Topic);
        });
    }

    [Fact]
    public void A_folder_cannot_be_a_file()
    {
        Directory.CreateDirectory(File);
        Assert.Throws<SandboxFileException>(() => LocalCloud.Open(new SandboxOptions { DatabasePath = File }));
    }
}
