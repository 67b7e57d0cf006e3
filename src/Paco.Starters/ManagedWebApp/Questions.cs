using System.Collections.Immutable;

namespace Paco.Starters.ManagedWebApp;

/// <summary>What this starter asks, in order.</summary>
internal static class Questions
{
    public static ImmutableArray<Question> All { get; } =
    [
        new()
        {
            Key = Keys.ProjectTitle, Label = "Project title", Check = Checks.Title,
            Help = "A title for people, such as My web application. It can be changed at any time.",
            Default = (projectName, _) => TitleOf(projectName),
        },
        new()
        {
            Key = Keys.DomainName, Label = "Domain name", Check = Checks.Domain("staging."),
            Help = "The domain of the application, such as example.com. The environments get dev. and staging. before it.",
            Normalise = answer => answer.TrimEnd('.').ToLowerInvariant(),
            Sample = _ => "example.com",
        },
        .. Administrator,
        Account("dev", "Development account name"),
        Account("staging", "Staging account name"),
        Account("prod", "Production account name"),
        Account("tools", "Tools account name"),
        new()
        {
            Key = Keys.NetenvName, Label = "NetworkEnvironment name", Check = Checks.Name("mynet", 16, "default", "applications"),
            Help = "A short name, such as mynet. It is part of most names in AWS and cannot be changed later.",
            Default = (_, _) => "mynet",
        },
        new()
        {
            Key = Keys.NetenvTitle, Label = "NetworkEnvironment title", Check = Checks.Title,
            Help = "A title for people, such as My network.",
            Default = (_, answers) => TitleOf(answers[Keys.NetenvName] ?? "mynet"),
        },
        new()
        {
            Key = Keys.ApplicationName, Label = "Application name", Check = Checks.Name("app", 16, "default", "applications", "bastion"),
            Help = "A short name, such as app. It is part of most names in AWS and cannot be changed later.",
            Default = (_, _) => "app",
        },
        new()
        {
            Key = Keys.ApplicationTitle, Label = "Application title", Check = Checks.Title,
            Help = "A title for people, such as My application.",
            Default = (_, answers) => TitleOf(answers[Keys.ApplicationName] ?? "app"),
        },
        new()
        {
            Key = Keys.Region, Label = "AWS region", Check = AwsRegions.Check,
            Help = "The region all environments are in, such as us-west-2.",
            Normalise = answer => answer.ToLowerInvariant(),
            Default = (_, _) => "us-west-2",
        },
        new()
        {
            Key = Keys.MasterAccountId, Label = "Master account id", Check = Checks.AccountId,
            Help = "The twelve digits of the AWS account to connect to, such as 123456789012. It owns the other accounts.",
            Normalise = answer => answer.Replace("-", "", StringComparison.Ordinal),
            Sample = _ => "111111111111",
        },
        new()
        {
            Key = Keys.MasterRootEmail, Label = "Root e-mail of the master account", Check = Checks.Email,
            Help = "Such as root@example.com. The other accounts get addresses made from it, such as root+dev@example.com.",
            Sample = _ => "root@example.com",
        },
        Branch("dev", "Branch deployed to dev", "master"),
        Branch("staging", "Branch deployed to staging", "staging"),
        Branch("prod", "Branch deployed to prod", "prod"),
        .. Accounts.Roles.Select(AccountId),
        new()
        {
            Key = Keys.BucketHash, Label = "Bucket hash", Check = Paco.Starters.BucketHash.Check, Kind = QuestionKind.Given,
            Help = "Eight characters out of 0-9 and a-z that make the names of the project's S3 buckets its own.",
        },
    ];

    // Who has no RSA key so far goes on without: the key is not asked for, and can be written into the project later.
    private static IEnumerable<Question> Administrator =>
    [
        new()
        {
            Key = Keys.AdminUsername, Label = "Administrator name", Check = Checks.Name("admin", 64),
            Help = "The name of the administrator's user, such as admin.",
            Default = (_, _) => "admin",
        },
        new()
        {
            Key = Keys.AdminEmail, Label = "Administrator e-mail", Check = Checks.Email,
            Help = "Such as admin@example.com. It is told of alarms, and is the name of the Git user.",
            Sample = answers => $"admin@{answers[Keys.DomainName] ?? "example.com"}",
        },
        new()
        {
            Key = Keys.AdminSshPublicKey, Label = "Administrator SSH public key", Check = SshPublicKey.Check, Kind = QuestionKind.Optional,
            Help = "The one line of ~/.ssh/id_rsa.pub: CodeCommit takes RSA keys only.",
            Normalise = SshPublicKey.Normalise,
        },
    ];

    private static Question Account(string role, string label) => new()
    {
        Key = Keys.AccountOf(role), Label = label, Check = Checks.Name(role, 50),
        Help = $"Such as {role}. Environments with the same name share an account; master is the account you connect to.",
        Default = (_, _) => role,
    };

    private static Question AccountId(string role) => new()
    {
        Key = Keys.AccountIdOf(role), Label = $"Id of the {role} account", Check = Checks.AccountId, Kind = QuestionKind.Optional,
        Help = "Twelve digits, when the account exists already; otherwise paco provision accounts creates it.",
        Normalise = answer => answer.Replace("-", "", StringComparison.Ordinal),
    };

    private static Question Branch(string environment, string label, string name) => new()
    {
        Key = Keys.BranchOf(environment), Label = label, Check = Checks.Branch, Kind = QuestionKind.Offered,
        Help = $"A branch of the Git repository, such as {name}: what is pushed to it is built and deployed to {environment}.",
        Default = (_, _) => name,
    };

    private static string? TitleOf(string name)
    {
        var words = name.Split(['-', '_'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
