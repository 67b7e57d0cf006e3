using Paco.Planning;
using Paco.Syntax;

namespace Paco.Tests.Planning;

/// <summary>The fewest references that permit what is lost, and nothing that stays.</summary>
public sealed class AllowDestroyRefsTests
{
    [Theory]
    [InlineData("n.dev.app.db", "", "n.dev.app.db")]
    [InlineData("n.dev.app.db, n.dev.app.files, n.dev.app.logs", "", "n.dev.app")]
    [InlineData("n.dev.app.db, n.dev.net.logs", "n.prod.app.db", "n.dev")]
    [InlineData("n.dev.app.db, n.dev.app.files, n.dev.net.logs", "n.dev.net.keys", "n.dev.app, n.dev.net.logs")]
    [InlineData("n.dev.app.db, n.dev.app.files", "n.dev.app.keys", "n.dev.app.db, n.dev.app.files")]
    // What has to be named covers what is below it.
    [InlineData("n.dev.app, n.dev.app.db", "n.dev.app.keys", "n.dev.app")]
    // A name is a prefix only where a name ends.
    [InlineData("n.dev.app.db, n.dev.app.files", "n.dev.app2.db", "n.dev.app")]
    // Nothing stands for the whole project, and stacks that left the project have no path.
    [InlineData("n.dev.db, r.zones, NE-n-dev-old-RDS", "", "n.dev.db, r.zones, NE-n-dev-old-RDS")]
    [InlineData("", "n.dev.app.db", "")]
    public void One_stands_for_several_where_nothing_below_it_stays(string lost, string kept, string expected) =>
        Assert.Equal(Paths(expected).Select(p => p.Text), AllowDestroyRefs.Of(Paths(lost), Paths(kept)));

    private static IEnumerable<ObjectPath> Paths(string text) =>
        text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(path => new ObjectPath(path));
}
