using System.Collections.Immutable;
using System.Globalization;

namespace Paco.Starters.ManagedWebApp;

/// <summary>The project's files, out of the content files of the same paths.</summary>
internal static class Files
{
    private const string AccountFile = "accounts/account.yaml";

    // What goes into the application's repository, to have something that is built and deployed.
    private static readonly ImmutableArray<string> ExampleApplication =
    [
        "application/README.md", "application/appspec.yml", "application/buildspec.yaml", "application/requirements.txt",
        "application/wsgi.py", "application/test_wsgi.py", "application/deploy/start.sh", "application/deploy/validate.sh",
    ];

    // Adding a part to the project is adding its content file and a line here.
    private static readonly ImmutableArray<(string Content, string Path)> Copied =
    [
        ("README.md", "README.md"),
        (".gitignore", ".gitignore"),
        ("paco-project-version.txt", "paco-project-version.txt"),
        ("project.yaml", "project.yaml"),
        ("accounts/master.yaml", "accounts/master.yaml"),
        ("resource/cloudtrail.yaml", "resource/cloudtrail.yaml"),
        ("resource/codecommit.yaml", "resource/codecommit.yaml"),
        ("resource/ec2.yaml", "resource/ec2.yaml"),
        ("resource/iam.yaml", "resource/iam.yaml"),
        ("resource/route53.yaml", "resource/route53.yaml"),
        ("resource/snstopics.yaml", "resource/snstopics.yaml"),
        ("monitor/AlarmSets.yaml", "monitor/AlarmSets.yaml"),
        ("monitor/Logging.yaml", "monitor/Logging.yaml"),
        ("netenv/netenv.yaml", "netenv/{{network_environment_name}}.yaml"),
        ("netenv/webapp/get_rds_dsn.sh", "netenv/webapp/get_rds_dsn.sh"),
        ("netenv/webapp/install_codedeploy.sh", "netenv/webapp/install_codedeploy.sh"),
        ("netenv/webapp/saas_wsgi.conf", "netenv/webapp/saas_wsgi.conf"),
        .. ExampleApplication.Select(file => (file, file)),
        ("netenv/dashboards/complete-dashboard.json", "netenv/dashboards/complete-dashboard.json"),
    ];

    public static ImmutableArray<GeneratedFile> Render(string projectName, Answers answers)
    {
        var accounts = Accounts.Of(answers);
        var listed = accounts.Length == 0 ? "[]" : string.Join('\n', accounts.Select(account => $"- {account.Name}"));
        var values = answers
            .With("project_name", projectName)
            .With(Keys.AdminUsername, answers[Keys.AdminUsername] ?? "admin")
            .With("availability_zones", AwsRegions.ZonesOf(answers.Require(Keys.Region)).ToString(CultureInfo.InvariantCulture))
            .With("organization_account_ids", listed)
            .With("topic_regions", string.Join('\n', TopicRegions(answers.Require(Keys.Region)).Select(region => $"- {region}")));

        var files = Copied.Select(file => Fill(file.Content, file.Path, values))
            .Concat(accounts.Select(account => Fill(AccountFile, $"accounts/{account.Name}.yaml", With(values, account))));
        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    // Health checks of Route 53 report to one region, wherever what they check is.
    private static IEnumerable<string> TopicRegions(string region) =>
        ((string[])[AwsRegions.HealthChecksOf(region), region]).Distinct();

    private static Answers With(Answers values, ProjectAccount account)
    {
        var filled = values.With("account_title", account.Title).With("account_root_email", account.RootEmail);
        return account.Id is { } id ? filled.With("account_id", id) : filled;
    }

    private static GeneratedFile Fill(string content, string path, Answers values)
    {
        var isYaml = content.EndsWith(".yaml", StringComparison.Ordinal);
        var text = Template.Fill(
            Content.Read($"{ManagedWebAppStarter.Id}/{content}"),
            key => isYaml && values[key] is { } value ? Template.InYamlQuotes(value) : values[key]);
        return new(Template.Fill(path, key => values[key]), text);
    }
}
