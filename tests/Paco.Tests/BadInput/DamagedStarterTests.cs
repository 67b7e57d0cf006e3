using FsCheck;
using FsCheck.Fluent;

namespace Paco.Tests.BadInput;

/// <summary>Thousands of damaged starters: each compiles to diagnostics with places, or to templates; never to an exception.</summary>
public sealed class DamagedStarterTests
{
    private const int Cases = 750;

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    public void A_damaged_starter_ends_in_diagnostics_or_in_templates(ulong seed)
    {
        using var folder = Starting.Folder();
        var whole = Starting.Files.ToDictionary(f => f.Path, f => f.Text);
        var mutations = Gen.Choose(0, int.MaxValue).Select(Mutation.Of).ToArbitrary();
        var property = Prop.ForAll(mutations, mutation =>
        {
            File.WriteAllBytes(Path.Combine(folder.Path, mutation.Path), mutation.Bytes);
            try
            {
                Assert.Empty(Promises.BrokenBy(Toolkit.Compile(folder.Path)));
            }
            finally
            {
                folder.Write(mutation.Path, whole[mutation.Path]);
            }
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(seed, 1), property);
    }

    [Fact]
    public void The_starter_itself_is_without_mistakes()
    {
        using var folder = Starting.Folder();
        var compilation = Toolkit.Compile(folder.Path);
        Assert.False(compilation.HasErrors);
        Assert.Empty(Promises.BrokenBy(compilation));
    }
}
