namespace Paco.Starters.ManagedWebApp;

/// <summary>
/// "Managed WebApp with CI/CD": load balancer, web servers and a MySQL database in three environments and
/// several accounts.
/// </summary>
internal static class ManagedWebAppStarter
{
    public const string Id = "managed-webapp-cicd";

    public static Starter Create() => new(Id, "Managed WebApp with CI/CD", Questions.All, CrossChecks.Check, Files.Render);
}
