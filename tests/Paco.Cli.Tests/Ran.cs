using System.Text.Json.Nodes;

namespace Paco.Cli.Tests;

/// <summary>What became of one command: its exit code and what it wrote.</summary>
internal sealed record Ran(int Exit, string Out, string Error)
{
    public string All => Out + Error;

    public JsonObject Json => JsonNode.Parse(Out)!.AsObject();

    /// <summary>The objects of <c>--json</c>, one a line.</summary>
    public IReadOnlyList<JsonObject> Lines =>
        [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    public Ran Succeeds() => Ends(ExitCode.Success);

    public Ran Fails() => Ends(ExitCode.Failure);

    /// <summary>Fails the test with everything the command said where it ended otherwise.</summary>
    public Ran Ends(int exit)
    {
        Assert.True(Exit == exit, $"exit code {Exit} instead of {exit}\n{All}");
        Assert.DoesNotContain("   at Paco.", All, StringComparison.Ordinal);
        return this;
    }
}
