using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Cli.Completion;

/// <summary>
/// Scopes and references of the project at hand, a level at a time. The only one that fits, and one that is typed in full, is offered with
/// a dot behind it too, where something lies below it: shells then go no further than to what both begin with.
/// </summary>
internal static class ProjectPaths
{
    private const string Secrets = "secrets_manager";

    // netenv.NAME.ENVIRONMENT.REGION.secrets_manager.APP.GROUP.SECRET
    private const int SecretParts = 8;

    public static Offer Scopes(LineAtCursor line) => Next(line, IsScope, IsScope);

    /// <summary>An object with all below it; where a secret is meant, the secrets alone.</summary>
    public static Offer References(LineAtCursor line) => SecretCommands.TakeValue(line.Before.CommandResult.Command)
        ? Next(line, path => path.Parts.Length == SecretParts, IsTowardsSecret)
        : Next(line, IsScope, path => IsScope(path) && path.First != "accounts");

    /// <summary>The keys of <c>resource/github.yaml</c>.</summary>
    public static Offer Repositories(LineAtCursor line) => Offer.Words(
        ProjectNames.Of(Home(line)).Below("resource.github.repositories").Select(name => name.Path.Last));

    /// <param name="isWhole">It may stand as it is.</param>
    /// <param name="isOnTheWay">It, or something below it, may.</param>
    private static Offer Next(LineAtCursor line, Func<ObjectPath, bool> isWhole, Func<ObjectPath, bool> isOnTheWay)
    {
        var names = ProjectNames.Of(Home(line));
        var found = names.Below(line.Word[..Math.Max(0, line.Word.LastIndexOf('.'))])
            .Where(name => isOnTheWay(name.Path) && name.Path.Text.StartsWith(line.Word, StringComparison.Ordinal)).ToList();
        return Offer.Of(found.SelectMany(name => Forms(name, found.Count == 1 || name.Path == line.Word)));

        IEnumerable<Candidate> Forms(ProjectName name, bool isMeant)
        {
            if (isWhole(name.Path))
                yield return new Candidate(name.Path, name.What);
            if (!isWhole(name.Path) || (isMeant && names.Below(name.Path).Any(below => isOnTheWay(below.Path))))
                yield return new Candidate($"{name.Path}.", "what lies below");
        }
    }

    private static bool IsScope(ObjectPath path) => Scope.Parse(path, out _) is not null;

    private static bool IsTowardsSecret(ObjectPath path) => path.Parts is ["netenv", ..] parts && parts.Length <= SecretParts
        && (parts.Length < 5 || parts[4] == Secrets);

    // As a shell leaves it that has not run the line yet.
    private static string Home(LineAtCursor line)
    {
        var named = line.Given("--home").LastOrDefault();
        var user = HomeFolder.Of(line.Terminal.Environment);
        return ProjectHome.Directory(line.Terminal,
            named?.StartsWith("~/", StringComparison.Ordinal) == true && user.Length > 0 ? Path.Combine(user, named[2..]) : named);
    }
}
