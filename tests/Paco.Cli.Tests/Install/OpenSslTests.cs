namespace Paco.Cli.Tests.Install;

/// <summary>Whether there is an OpenSSL is asked cheaply, and never denied where .NET would find one.</summary>
public sealed class OpenSslTests
{
    [Fact]
    public void Where_distributions_have_it_it_is_not_even_loaded()
    {
        var system = new OpenSsl(path => path == "/usr/lib64/libssl.so.3", _ => throw new InvalidOperationException("loaded"));

        Assert.False(system.IsMissing(null));
    }

    [Theory]
    [InlineData("libssl.so.3", null)]
    [InlineData("libssl.so.1.1", null)]
    [InlineData("libssl.so.35", "35")]
    public void Elsewhere_what_the_loader_finds_counts(string there, string? version) =>
        Assert.False(new OpenSsl(_ => false, name => name == there).IsMissing(version));

    [Theory]
    [InlineData(null)]
    [InlineData("35")]
    public void Where_nothing_finds_it_it_is_missing(string? version) =>
        Assert.True(new OpenSsl(_ => false, _ => false).IsMissing(version));
}
