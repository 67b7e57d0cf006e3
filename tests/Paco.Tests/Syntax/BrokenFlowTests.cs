using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Tests.Syntax;

public sealed class BrokenFlowTests
{
    [Fact]
    public void A_brace_that_is_never_closed_is_a_mistake_with_a_place()
    {
        var bag = new DiagnosticBag();
        var text = "target_groups:\n  tcp: {port: 443, protocol: TCP,\nlisteners:\n  tcp: {port: 443, protocol: TCP}\n";
        Assert.Null(YamlReader.Read(new SourceFile("a.yaml", text), bag));
        var mistake = Assert.Single(bag.ToSorted());
        Assert.StartsWith("not YAML: ", mistake.Message, StringComparison.Ordinal);
        Assert.InRange(mistake.Location.Line, 2, 4);
    }
}
