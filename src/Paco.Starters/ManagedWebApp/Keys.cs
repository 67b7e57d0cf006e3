namespace Paco.Starters.ManagedWebApp;

/// <summary>The keys of this starter's answers.</summary>
internal static class Keys
{
    public const string ProjectTitle = "project_title";
    public const string DomainName = "domain_name";
    public const string AdminUsername = "admin_username";
    public const string AdminEmail = "admin_email";
    public const string AdminSshPublicKey = "admin_ssh_public_key";
    public const string NetenvName = "network_environment_name";
    public const string NetenvTitle = "network_environment_title";
    public const string ApplicationName = "application_name";
    public const string ApplicationTitle = "application_title";
    public const string Region = "aws_default_region";
    public const string MasterAccountId = "master_account_id";
    public const string MasterRootEmail = "master_root_email";
    public const string BucketHash = "s3bucket_hash";

    /// <summary>The account an environment, or the tools, are in: <c>dev_account</c>.</summary>
    public static string AccountOf(string role) => $"{role}_account";

    /// <summary>The branch whose pushes are deployed to an environment: <c>dev_branch</c>.</summary>
    public static string BranchOf(string environment) => $"{environment}_branch";

    /// <summary>The id of that account, when it exists already: <c>dev_account_id</c>.</summary>
    public static string AccountIdOf(string role) => $"{role}_account_id";
}
