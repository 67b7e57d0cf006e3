namespace Paco.Architecture.Tests;

/// <summary>However a folder is made to use one below it, or a room another room: it is seen.</summary>
public sealed class BreachTests
{
    private static readonly SourceProject Library = SourceProject.Read("Paco");

    [Theory]
    [InlineData("a relative name", "", "Applying.ApplyOptions? breach;")]
    [InlineData("a full name", "", "Paco.Applying.ApplyOptions? breach;")]
    [InlineData("a name from the root", "", "global::Paco.Applying.ApplyOptions? breach;")]
    [InlineData("a using", "using Paco.Applying;", "ApplyOptions? breach;")]
    [InlineData("a using of no use", "using Paco.Applying;", "")]
    [InlineData("a using of a class", "using static Paco.Applying.Failures;", "")]
    [InlineData("an alias", "using Options = Paco.Applying.ApplyOptions;", "Options? breach;")]
    [InlineData("an alias of a namespace", "using Below = Paco.Applying;", "Below::ApplyOptions? breach;")]
    [InlineData("an alias of something built from it", "using Many = System.Collections.Generic.List<Paco.Applying.ApplyOptions[]>;",
        "Many? breach;")]
    [InlineData("a generic argument", "", "System.Collections.Generic.Dictionary<string, Applying.ApplyOptions[]>? breach;")]
    [InlineData("a tuple", "", "(int, Applying.ApplyOptions)? breach;")]
    [InlineData("a base type", "", "sealed record Breach : Applying.ApplyEvent;")]
    [InlineData("a constraint", "", "void Breach<T>() where T : Applying.ApplyEvent { }")]
    [InlineData("a typeof", "", "object breach = typeof(Applying.ApplyOptions);")]
    [InlineData("a nameof", "", "string breach = nameof(Applying.ApplyOptions);")]
    [InlineData("a pattern", "", "bool Breach(object it) => it is Applying.ApplyOptions { };")]
    [InlineData("a cast", "", "object Breach(object it) => (Applying.ApplyOptions)it;")]
    [InlineData("a constant", "", "int Breach() => Below.Constant;", "public const int Constant = 1;")]
    [InlineData("a static method", "using static Paco.Applying.Below;", "void Breach() => Act();", "public static void Act() { }")]
    [InlineData("an extension method", "", "void Breach(string it) => it.Act();", "public static void Act(this string it) { }")]
    [InlineData("an attribute", "", "[Below.Mark] int breach;", "public sealed class MarkAttribute : System.Attribute;")]
    [InlineData("an enum's member", "", "object Breach() => Below.Kind.One;", "public enum Kind { One }")]
    [InlineData("an operator of its own", "", "object Breach(Below.It it) => it + it;",
        "public record It { public static It operator +(It a, It b) => a; }")]
    public void A_breach_is_seen(string form, string usings, string member, string below = "")
    {
        const string File = "Syntax/Breach.cs";
        var project = Library
            .With("Applying/Below.cs", _ => $"namespace Paco.Applying; static class Below {{ {below} }}")
            .With("Syntax/Everywhere.cs",
                _ => below.Length > 0 ? "global using Below = Paco.Applying.Below; global using Paco.Applying;" : "")
            .With(File, _ => $"{usings}\nnamespace Paco.Syntax;\nclass Breach\n{{\n{member}\n}}\n");
        Assert.True(Seen(project, File).Any(line => line.StartsWith("Syntax uses Applying: Breach.cs:", StringComparison.Ordinal)), form);
    }

    [Theory]
    [InlineData("an inferred type", "var it = Make();")]
    [InlineData("an inferred element", "foreach (var it in new[] { Make() }) { }")]
    [InlineData("an inferred argument", "System.Linq.Enumerable.Select([0], _ => Make());")]
    [InlineData("a new without a name", "Take(new());")]
    [InlineData("a loop", "foreach (var it in 3) { }")]
    [InlineData("an await", "async System.Threading.Tasks.Task Wait() => await 3;")]
    [InlineData("taking apart", "var (a, b) = 3;")]
    [InlineData("an element of a collection", "_ = new System.Collections.Generic.List<string> { 3 };")]
    [InlineData("a query", "_ = from it in 3 select it;")]
    [InlineData("an implicit conversion", "string text = Make();")]
    public void What_is_used_without_a_name_is_seen(string form, string statement)
    {
        const string File = "Syntax/Breach.cs";
        const string Below = """
            namespace Paco.Applying;
            class It { public static implicit operator string(It it) => ""; }
            static class Extensions
            {
                public static It Make() => new();
                public static void Take(It it) { }
                public static System.Collections.Generic.IEnumerator<int> GetEnumerator(this int it) => null!;
                public static System.Runtime.CompilerServices.TaskAwaiter GetAwaiter(this int it) => default;
                public static void Deconstruct(this int it, out int a, out int b) => a = b = it;
                public static void Add(this System.Collections.Generic.List<string> list, int it) { }
                public static int Select(this int it, System.Func<int, int> select) => it;
            }
            """;
        var project = Library
            .With("Applying/Below.cs", _ => Below)
            .With("Applying/Everywhere.cs", _ => "global using Paco.Applying; global using static Paco.Applying.Extensions;")
            .With(File, _ => $"namespace Paco.Syntax;\nclass Breach\n{{\nvoid Act()\n{{\n{statement}\n}}\n}}\n");
        Assert.True(Seen(project, File).Any(line => line.StartsWith("Syntax uses Applying: Breach.cs:6 ", StringComparison.Ordinal)), form);
    }

    [Fact]
    public void A_global_using_is_seen_where_it_stands() =>
        Assert.Single(Seen(Library.With("Syntax/Breach.cs", _ => "global using Paco.Applying;"), "Syntax/Breach.cs"));

    [Fact]
    public void A_part_of_a_type_from_below_is_seen_by_its_use()
    {
        var project = Library
            .With("Syntax/Breach.cs", _ => "namespace Paco.Binding; static partial class Both { public static int One => Two; }")
            .With("Applying/Both.cs", _ => "namespace Paco.Binding; static partial class Both { public static int Two => 2; }");
        Assert.Equal(["Syntax uses Applying: Breach.cs:1 Both, Two"], Seen(project, "Syntax/Breach.cs"));
    }

    [Theory]
    [InlineData("Resources/Eip/Breach.cs", "Resources.Acm.AcmRoom", "Resources/Eip uses Resources/Acm")]
    [InlineData("Global/Ec2/Breach.cs", "Global.Route53.Route53Room", "Global/Ec2 uses Global/Route53")]
    [InlineData("Resources/Iam/Breach.cs", "Resources.Acm.AcmRoom", "Resources/Iam uses Resources/Acm")]
    [InlineData("Resources/Dns/Breach.cs", "Resources.Rds.Engine", "Resources/Dns uses Resources/Rds")]
    [InlineData("Applying/Breach.cs", "Toolkit", "Applying uses ")]
    public void A_room_that_uses_a_room_is_seen(string file, string type, string breach)
    {
        var project = Library.With(file, _ => $"namespace Paco;\nclass Breach {{ object breach = typeof({type}); }}");
        Assert.Contains(Seen(project, file), line => line.StartsWith($"{breach}: Breach.cs:2 ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_stands_above_may_be_used()
    {
        const string Text =
            "using Paco.Clouds; namespace Paco.Resources.Eip; class Breach { Place? place; object it = typeof(Resources.Dns.Dns); }";
        Assert.Empty(Seen(Library.With("Resources/Eip/Breach.cs", _ => Text), "Resources/Eip/Breach.cs"));
    }

    private static IReadOnlyList<string> Seen(SourceProject project, string file)
    {
        var tree = project.Trees.Single(t => t.FilePath == Path.Combine(project.Root, file));
        return new Floors(project, ArchitecturePage.LibraryFloors).Breaches(SymbolUses.In(project.Compilation, tree).All());
    }
}
