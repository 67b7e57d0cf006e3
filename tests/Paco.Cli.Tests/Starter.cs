namespace Paco.Cli.Tests;

/// <summary>The starter project, made and provisioned once for all tests; each takes a copy or reads the shared one.</summary>
internal static class Starter
{
    public const string Netenv = "netenv/mynet.yaml";

    public static readonly IReadOnlyDictionary<string, string> Accounts = new Dictionary<string, string>
    {
        ["master"] = "111111111111", ["dev"] = "222222222222", ["staging"] = "333333333333", ["prod"] = "444444444444", ["tools"] = "555555555555",
    };

    private static readonly Lazy<Task<ProjectFolder>> Made = new(Make);
    private static readonly Lazy<Task<ProjectFolder>> Filled = new(Provision);
    private static readonly Lazy<Task<Sandbox>> Opened = new(async () => new Sandbox((await Filled.Value).Home));

    /// <summary>What <c>init project</c> is told.</summary>
    public static string[] Answers => ["--defaults", "--set", "s3bucket_hash=abcd1234", .. Accounts.Skip(1).SelectMany(a => new[] { "--set", $"{a.Key}_account_id={a.Value}" })];

    /// <summary>A project of one's own, nothing of it provisioned.</summary>
    public static async Task<ProjectFolder> New() => new((await Made.Value).Home);

    /// <summary>A project of one's own whose key pairs, zone and three environments exist in its sandbox.</summary>
    public static async Task<ProjectFolder> Provisioned() => new((await Filled.Value).Home);

    /// <summary>The sandbox of a provisioned project, only to be read.</summary>
    public static Task<Sandbox> Shared() => Opened.Value;

    private static async Task<ProjectFolder> Make()
    {
        var project = Kept();
        project.At = project.Above;
        (await project.Run(["init", "project", "myproj", .. Answers])).Succeeds();
        return project;
    }

    private static async Task<ProjectFolder> Provision()
    {
        var project = Kept(await Made.Value);
        foreach (var scope in new[] { "resource.ec2.keypairs", "resource.route53", "netenv.mynet.dev", "netenv.mynet.staging", "netenv.mynet.prod" })
            await project.Provision(scope);
        return project;
    }

    private static ProjectFolder Kept(ProjectFolder? copyOf = null)
    {
        var project = new ProjectFolder(copyOf?.Home);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => project.Dispose();
        return project;
    }
}
