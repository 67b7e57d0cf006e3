using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Monitoring;
using Paco.Resources.Iam;
using Paco.Resources.LaunchBundles;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>Scripts that are put on the instances, for people and pipelines to run.</summary>
public sealed class ScriptManager(Fields f) : Model(f)
{
    public ImmutableArray<EcrDeploy> EcrDeploy { get; } = f.Map("ecr_deploy",
        "Scripts that give images the tags deployments look for: `/usr/local/bin/paco-ecr-deploy-NAME`.", x => new EcrDeploy(x));

    protected internal override void Rules(Fields f) => EcsLater.Report(f, "ecs");

    internal IEnumerable<EcrCopy> Copies => EcrDeploy.SelectMany(d => d.Copies);

    /// <summary>What the role needs to run the scripts.</summary>
    internal IEnumerable<MapValue> Statements(StackBuilder stack) =>
    [
        EcrRights.SignIn,
        .. Copies.SelectMany(c => c.Needs).GroupBy(n => n.Repository.Path).Select(needs =>
            EcrRights.On(EcrRights.Arn(stack, needs.First().Repository), needs.SelectMany(n => n.Actions).Distinct())),
    ];
}

/// <summary>One script.</summary>
public sealed class EcrDeploy(Fields f) : Model(f)
{
    public ImmutableArray<EcrCopy> Repositories { get; } =
        f.List("repositories", "The images and their new tags, one after the other.", x => new EcrCopy(x));

    internal IEnumerable<EcrCopy> Copies => Repositories.Where(c => c.SourceRepo is not null);

    protected internal override void Rules(Fields f)
    {
        if (Repositories.IsEmpty)
            f.Lacks("repositories", "a script of \"ecr_deploy\" needs \"repositories\": the images it is about");
        EcsLater.Report(f, "release_phase");
    }

    internal ImageDeploy ToDeploy() => new(Name, [.. Copies.Select(c => c.ToCopy())]);
}

/// <summary>An image that gets a tag, in its own repository or copied to another.</summary>
public sealed class EcrCopy(Fields f) : Model(f)
{
    private static readonly Check Tag = Check.Matching("a tag of an image: letters, digits, . _ -", "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$");

    // By the image, and not by Docker.
    private static readonly string[] Retag = ["ecr:BatchGetImage", "ecr:PutImage"];

    public Ref? SourceRepo { get; } = f.Ref("source_repo", "The repository of the image.", "ECRRepository", required: true);

    public string SourceTag { get; } = f.Text("source_tag", "Its tag.", "latest", Tag.OrBlank());

    public Ref? DestRepo { get; } = f.Ref("dest_repo", "The repository it is copied to; its own where not given.", "ECRRepository");

    public string DestTag { get; } = f.Text("dest_tag", "The tag it gets; the same one where not given.", "", Tag.OrBlank());

    internal bool IsMove => DestRepo is null || DestRepo.Path == SourceRepo?.Path;

    internal IEnumerable<(Ref Repository, IEnumerable<string> Actions)> Needs => IsMove
        ? [(SourceRepo!, Retag)]
        : [(SourceRepo!, EcrRights.Pull), (DestRepo!, EcrRights.Push)];

    private string From => SourceTag.Length > 0 ? SourceTag : "latest";

    private string To => DestTag.Length > 0 ? DestTag : From;

    protected internal override void Rules(Fields f)
    {
        if (IsMove && SourceRepo is not null && From == To)
            f.Lacks("dest_tag", $"the image would get the tag it has, {From}", "give it a dest_tag, or a dest_repo");
        if (f.Peek("release_phase") == "true")
            EcsLater.Report(f, "release_phase");
        else
            f.Ignore("release_phase");
    }

    internal ImageCopy ToCopy() => new(AsgTags.Ecr(SourceRepo!), From, AsgTags.Ecr(DestRepo ?? SourceRepo!), To);

    internal IEnumerable<Ref> Repositories => IsMove ? [SourceRepo!] : [SourceRepo!, DestRepo!];
}

/// <summary>What waits for rooms of ECS.</summary>
internal static class EcsLater
{
    public static void Report(Fields f, string field)
    {
        if (f.Has(field))
            f.Report(LaterCodes.NotBuiltYet, f.Place(field), $"{field} is not built yet: it needs ECS");
        f.Ignore(field);
    }
}
