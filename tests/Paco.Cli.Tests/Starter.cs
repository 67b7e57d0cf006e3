namespace Paco.Cli.Tests;

/// <summary>The starter project, made and provisioned once for all tests; each takes a copy or reads the shared one.</summary>
internal static class Starter
{
    public const string Netenv = "netenv/mynet.yaml";

    public static readonly IReadOnlyDictionary<string, string> Accounts = new Dictionary<string, string>
    {
        ["master"] = "111111111111", ["dev"] = "222222222222", ["staging"] = "333333333333", ["prod"] = "444444444444",
        ["tools"] = "555555555555",
    };

    private static readonly Lazy<Task<IReadOnlyDictionary<string, byte[]>>> Made = new(Make);
    private static readonly Lazy<Task<IReadOnlyDictionary<string, byte[]>>> Based = new(() => Provision(Made,
        "resource.iam.users", "resource.cloudtrail", "resource.sns", "resource.ec2.keypairs", "resource.route53", "resource.codecommit"));
    private static readonly Lazy<Task<IReadOnlyDictionary<string, byte[]>>> Filled =
        new(() => Provision(Based, "netenv.mynet.dev", "netenv.mynet.staging", "netenv.mynet.prod"));
    private static readonly Lazy<Task<Sandbox>> Opened = new(Open);

    /// <summary>What <c>init project</c> is told.</summary>
    public static string[] Answers =>
    [
        "--defaults",
        "--set",
        "s3bucket_hash=abcd1234",
        .. Accounts.Skip(1).SelectMany(a => new[] { "--set", $"{a.Key}_account_id={a.Value}" }),
    ];

    /// <summary>A project of one's own, nothing of it provisioned.</summary>
    public static async Task<ProjectFolder> New() => new(await Made.Value);

    /// <summary>A project of one's own whose globals exist in its sandbox.</summary>
    public static async Task<ProjectFolder> WithGlobals() => new(await Based.Value);

    /// <summary>A project of one's own whose globals and three environments exist in its sandbox.</summary>
    public static async Task<ProjectFolder> Provisioned() => new(await Filled.Value);

    /// <summary>The sandbox of a provisioned project, only to be read.</summary>
    public static Task<Sandbox> Shared() => Opened.Value;

    private static async Task<IReadOnlyDictionary<string, byte[]>> Make()
    {
        using var project = new ProjectFolder();
        project.At = project.Above;
        (await project.Run(["init", "project", "myproj", .. Answers])).Succeeds();
        return project.Files();
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> Provision(Lazy<Task<IReadOnlyDictionary<string, byte[]>>> on,
        params string[] scopes)
    {
        using var project = new ProjectFolder(await on.Value);
        foreach (var scope in scopes)
            await project.Provision(scope);
        return project.Files();
    }

    // A folder of its own: reading opens sessions, which are written. It goes when the process does.
    private static async Task<Sandbox> Open()
    {
        var project = await Provisioned();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => project.Dispose();
        return new Sandbox(project.Home);
    }
}
