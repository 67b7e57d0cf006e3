namespace Paco.Tests;

/// <summary>What is wrong, line by line, all of it in the message of the test.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> found)
    {
        var lines = found.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{lines.Count}:\n{string.Join('\n', lines)}");
    }
}
