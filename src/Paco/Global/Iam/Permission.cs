using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Resources.Iam;

namespace Paco.Global.Iam;

/// <summary>Something a user may do, in some of the accounts of its whitelist.</summary>
internal abstract class Permission(Fields f) : Model(f)
{
    private static readonly Dictionary<string, Func<Fields, Permission>> Types = new(StringComparer.Ordinal)
    {
        ["Administrator"] = f => new Administrator(f),
        ["CodeBuild"] = f => new CodeBuildPermission(f),
        ["CodeCommit"] = f => new CodeCommitPermission(f),
        ["CustomPolicy"] = f => new CustomPolicy(f),
        ["DeploymentPipelines"] = f => new PipelinePermission(f),
        ["SystemsManagerSession"] = f => new SessionPermission(f),
    };

    public string Type { get; } = f.RequiredText("type", "What kind of permission it is.", Check.OneOf([.. Types.Keys]));

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    /// <summary>The accounts it names; none where its resources say in which they are.</summary>
    public virtual AccountList Accounts => new([]);

    public static Permission Bind(Fields f) => f.OneOf<Permission>("type", Types.Keys,
        type => Types.GetValueOrDefault(type ?? "", x => new UnknownPermission(x)));
}

/// <summary>One whose type is missing or misspelt, which is reported.</summary>
internal sealed class UnknownPermission : Permission
{
    public UnknownPermission(Fields f)
        : base(f) => f.IgnoreRest();
}

/// <summary>Everything, or everything that only reads.</summary>
internal sealed class Administrator(Fields f) : Permission(f)
{
    public override AccountList Accounts { get; } = AccountList.Read(f, "accounts", "Where.");

    public bool ReadOnly { get; } = f.Flag("read_only", "Reading only: AWS's policy ReadOnlyAccess.", false);

    protected internal override void Rules(Fields f)
    {
        if (Accounts.Names.IsEmpty)
            f.Lacks("accounts", "an Administrator needs \"accounts\"", "accounts: all");
    }
}

/// <summary>Policies of AWS's and of one's own.</summary>
internal sealed class CustomPolicy(Fields f) : Permission(f)
{
    private static readonly Check PolicyName = Check.Matching(
        "the name of one of AWS's managed policies, such as ReadOnlyAccess or job-function/Billing", "^[A-Za-z0-9_+=,.@/-]+$");

    public override AccountList Accounts { get; } = AccountList.Read(f, "accounts", "Where.");

    public ImmutableArray<string> ManagedPolicies { get; } =
        f.Texts("managed_policies", "Names of AWS's own managed policies, with the path of those that have one.", PolicyName);

    public ImmutableArray<Policy> Policies { get; } = f.List("policies", "Policies of your own, with conditions.", x => new Policy(x));

    protected internal override void Rules(Fields f)
    {
        if (Accounts.Names.IsEmpty)
            f.Lacks("accounts", "a CustomPolicy needs \"accounts\"", "accounts: all");
        if (ManagedPolicies.IsEmpty && Policies.IsEmpty)
            f.Lacks("policies", "a CustomPolicy needs \"managed_policies\" or \"policies\"");
        foreach (var twice in Policies.GroupBy(p => Stacks.Names.LogicalId(p.PolicyName)).SelectMany(g => g.Skip(1)))
            f.Report(BindingCodes.BrokenRule, twice.Location, $"two policies are called \"{twice.PolicyName}\"", "rename one");
    }
}

/// <summary>Repositories of CodeCommit: through AWS's console, or the tools after switching to the role.</summary>
internal sealed class CodeCommitPermission(Fields f) : Permission(f)
{
    public ImmutableArray<RepositoryPermission> Repositories { get; } =
        f.List("repositories", "Which repositories, and what in them.", x => new RepositoryPermission(x));
}

internal sealed class RepositoryPermission(Fields f) : Model(f)
{
    public Ref? Repository { get; } = f.Ref("codecommit", "The repository: paco.ref resource.codecommit.GROUP.REPOSITORY.",
        "CodeCommitRepository", required: true);

    public bool HasConsole { get; } =
        f.Flag("console_access_enabled", "The role in the repository's account may work with it; else this says nothing.", false);

    public string Permission { get; } = f.Text("permission", "ReadWrite, or ReadOnly.", "ReadOnly", Check.OneOf("ReadWrite", "ReadOnly"));

    protected internal override void Rules(Fields f) =>
        f.Obsolete("public_ssh_key", "public keys belong to the users of resource/codecommit.yaml");
}

/// <summary>Projects of CodeBuild.</summary>
internal sealed class CodeBuildPermission(Fields f) : Permission(f)
{
    private const string Build = "CodeBuild.Build";

    private static readonly string[] Words = ["ReadOnly", "ReadWrite"];

    public ImmutableArray<ResourcePermission> Resources { get; } =
        f.List("resources", "Which projects, and what with them.",
            x => new ResourcePermission(x, "codebuild", $"The build: an action {Build} of a pipeline.", Build));

    protected internal override void Rules(Fields f)
    {
        foreach (var odd in Resources.Where(r => !Words.Contains(r.Permission)))
        {
            f.Report(BindingCodes.BadValue, odd.PlaceOf("permission"), $"a build is permitted ReadOnly or ReadWrite, not {odd.Permission}",
                Spelling.DidYouMean(odd.Permission, Words));
        }
    }
}

/// <summary>Deployment pipelines.</summary>
internal sealed class PipelinePermission(Fields f) : Permission(f)
{
    public override AccountList Accounts { get; } = AccountList.Read(f, "accounts", "Only in these.");

    public ImmutableArray<PipelineAccess> Resources { get; } =
        f.List("resources", "Which pipelines, and what with them.", x => new PipelineAccess(x));
}

/// <summary>What somebody may do with a pipeline.</summary>
internal sealed class PipelineAccess(Fields f) : Model(f)
{
    internal const string Retry = "RetryStages";
    internal const string Approve = "ManualApproval";
    internal const string Start = "Start";

    private static readonly string[] Words = ["ReadOnly", Retry, Approve, Start];

    public Ref? Pipeline { get; } = f.Ref("pipeline", "The pipeline.", "DeploymentPipeline", required: true);

    public bool HasConsole { get; } = f.Flag("console_access_enabled", "Read, but without effect.", true);

    public string Permission { get; } = f.Text("permission",
        "What with it, one or several of these with commas: ReadOnly (look at it), RetryStages (repeat what failed), ManualApproval (agree where "
        + "somebody has to), Start (start and stop it). Each includes ReadOnly.", "ReadOnly");

    public bool Allows(string word) => Given.Contains(word);

    private IEnumerable<string> Given => Permission.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    protected internal override void Rules(Fields f)
    {
        foreach (var odd in Given.Except(Words))
        {
            f.Report(BindingCodes.BadValue, f.Place("permission"), $"\"permission\" takes {string.Join(", ", Words)}, got \"{odd}\"",
                Spelling.DidYouMean(odd, Words));
        }
    }
}

internal sealed class ResourcePermission(Fields f, string field, string doc, string kinds = "") : Model(f)
{
    public Ref? Resource { get; } = f.Ref(field, doc, kinds, required: true);

    public bool HasConsole { get; } = f.Flag("console_access_enabled", "Read, but without effect.", true);

    public string Permission { get; } =
        f.Text("permission", "What with it: ReadOnly, or ReadWrite, which starts and stops it.", "ReadOnly");
}

/// <summary>Sessions on the instances of application groups, without SSH.</summary>
internal sealed class SessionPermission(Fields f) : Permission(f)
{
    public override AccountList Accounts { get; } = AccountList.Read(f, "accounts", "Only in these.");

    public ImmutableArray<Ref> Groups { get; } = f.Refs("resources",
        "The groups whose instances: paco.ref netenv.NETENV.ENVIRONMENT.REGION.applications.APPLICATION.groups.GROUP.");

    protected internal override void Rules(Fields f)
    {
        foreach (var odd in Groups.Where(g => g.Path.Parts is not ["netenv", _, _, _, "applications", _, "groups", _, ..]))
        {
            f.Report(BindingCodes.BadValue, odd.Location, $"{odd.Written} is not in a group of an application",
                "netenv.NETENV.ENVIRONMENT.REGION.applications.APPLICATION.groups.GROUP");
        }
    }
}
