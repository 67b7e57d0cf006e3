using System.Collections.Immutable;
using Paco.Binding;
using Paco.Monitoring;
using Paco.Stacks;

namespace Paco.Resources.Rds;

/// <summary>What every database takes, a single instance or an Aurora cluster.</summary>
public abstract class Database(Fields f) : AppResource(f), IWatched
{
    internal static readonly Check InstanceClass =
        Check.Matching("an instance class such as db.t4g.medium", @"^db\.[A-Za-z0-9.-]+$");

    public string? EngineVersion { get; } = f.Text("engine_version",
        "The engine's version: the major line alone (AWS then picks the minor version) or one with its minor version.");

    public Ref? Segment { get; } = f.Ref("segment", "The segment whose subnets it lives in; two availability zones at least.", "Segment");

    public ImmutableArray<Ref> SecurityGroups { get; } =
        f.Refs("security_groups", "Security groups that say who may connect.", "SecurityGroup");

    public Given<int>? Port { get; } = f.Int("port", "The port it listens on; the engine's own where not given.", min: 1150, max: 65535);

    public string? MasterUsername { get; } =
        f.Text("master_username", "The first user. A change replaces the database.", Check.Length(1, 63));

    // Checked in the rules, whose message does not repeat it.
    public Diagnostics.Secret? MasterUserPassword { get; } =
        f.Secret("master_user_password", "The first user's password in plain text, 8 characters at least: prefer secrets_password.");

    public Ref? SecretsPassword { get; } =
        f.Ref("secrets_password", "The secret that holds the first user's password under the key `password`.", "Secret");

    public string? DbSnapshotIdentifier { get; } =
        f.Text("db_snapshot_identifier", "A snapshot to start from, instead of a user and password; keep it written afterwards.");

    public Given<bool>? DeletionProtection { get; } = f.Flag("deletion_protection",
        "AWS refuses to delete it while this is true. Write false, rather than nothing, to switch it off again.");

    public Given<int>? BackupRetentionPeriod { get; } =
        f.Int("backup_retention_period", "Days that automatic backups are kept.", min: 0, max: 35);

    public string? BackupPreferredWindow { get; } = f.Text("backup_preferred_window", "When backups are made, UTC.", TimeWindows.Backup);

    public string? MaintenancePreferredWindow { get; } =
        f.Text("maintenance_preferred_window", "When AWS may patch it, UTC.", TimeWindows.Maintenance);

    public ImmutableArray<string> CloudwatchLogsExports { get; } = f.Texts("cloudwatch_logs_exports", "Logs that are sent to CloudWatch.");

    public bool? ExtendedSupport { get; } = f.Flag("extended_support",
        "Pay for Extended Support once the version is out of standard support (AWS's default), or (false) be upgraded instead. AWS takes it when the database is made and refuses changes, so leave it out for one that exists.");

    public ImmutableArray<Dns.Dns> Dns { get; } = f.List("dns", "Names that lead to it (CNAME records).", x => new Dns.Dns(x));

    public MonitorConfig? Monitoring { get; } = f.Object("monitoring", "What is watched of it.", x => new MonitorConfig(x, f.Peek("type")));

    private static readonly ImmutableArray<WorthSeeing> WorthSeeing =
    [
        new("CPUUtilization", "Average", "CPU, percent"),
        new("DatabaseConnections", "Maximum", "connections"),
        new("FreeableMemory", "Minimum", "free memory, bytes"),
        new("FreeStorageSpace", "Minimum", "free storage, bytes"),
        new("ReadLatency", "Average", "read latency, seconds"),
        new("WriteLatency", "Average", "write latency, seconds"),
    ];

    IEnumerable<Watched> IWatched.Watched => Watched;

    WatchedLogs? IWatched.Logs => Logs;

    private protected virtual IEnumerable<Watched> Watched => [Instance("", this, ToRef().Output("name"), Monitoring)];

    private protected virtual WatchedLogs? Logs => null;

    private protected static Watched Instance(string key, Model instance, Ref name, MonitorConfig? monitoring) =>
        new(key, instance, "AWS/RDS", [new Dimension("DBInstanceIdentifier", name)], monitoring)
        {
            Title = key.Length == 0 ? "database" : $"instance {key}",
            Worth = WorthSeeing,
        };

    internal abstract Engine Engine { get; }

    protected internal override void Rules(Fields f)
    {
        f.Obsolete("primary_domain_name", "it never made a record; \"dns\" does");
        f.Obsolete("primary_hosted_zone", "it never made a record; \"dns\" does");
        PasswordRules(f);
        TimeWindows.Rules(f, BackupPreferredWindow, MaintenancePreferredWindow);
        if (EngineVersion is not null)
            Engine.CheckVersion(f, EngineVersion, ExtendedSupport);
        if (ExtendedSupport is not null && !Engine.HasExtendedSupport)
            f.Broken("extended_support", $"{Engine.Name} has no Extended Support");
        foreach (var log in CloudwatchLogsExports.Where(log => !Engine.LogExports.Contains(log)))
        {
            f.Report(BindingCodes.UnusualValue, f.Place("cloudwatch_logs_exports"), $"\"{log}\" is not a known log of {Engine.Name}",
                $"known: {string.Join(", ", Engine.LogExports)}");
        }
        if (MasterUsername is { Length: > 0 } name && DbSnapshotIdentifier is null)
            CredentialRules.CheckName(f, Engine, name);
        RequiredRules(f);
    }

    private void PasswordRules(Fields f)
    {
        string?[] given = [DbSnapshotIdentifier, MasterUserPassword?.ToString(), SecretsPassword?.Path];
        if (given.Count(g => g is not null) > 1)
        {
            f.Broken(SecretsPassword is null ? "master_user_password" : "secrets_password",
                "exactly one of db_snapshot_identifier, master_user_password and secrets_password must be given",
                "in an override, clear the base's with nothing behind the colon");
        }
        else if (given.All(g => g is null) && !new[] { "db_snapshot_identifier", "master_user_password", "secrets_password" }.Any(f.Has))
        {
            f.Lacks("secrets_password", "one of secrets_password, master_user_password and db_snapshot_identifier must be given");
        }
        if (MasterUserPassword?.Reveal() is { } password
            && !(password.Length >= 8 && password.Length <= Engine.LongestPassword
                && password.All(c => c is > ' ' and <= '~' and not ('/' or '"' or '@'))))
        {
            f.Broken("master_user_password",
                $"{Engine.Name} takes passwords of 8 to {Engine.LongestPassword} printable ASCII characters without blanks, / \" and @");
        }
    }

    /// <summary>A subnet group spans two availability zones at least, also for a single instance.</summary>
    /// <summary>Secrets Manager attaches a secret to one database: it writes that one's address into it.</summary>
    private protected void CheckSecret(BuildScope scope)
    {
        if (SecretsPassword is { } secret && scope.Build.Claim($"secret of a database {secret.Path.Text}", Path) is { } other)
        {
            scope.Build.Bag.Add(RdsCodes.SharedSecret, secret.Location,
                $"the secret {secret.Path.Text} is attached to {other} already, and AWS refuses the second",
                "give this database a secret of its own in secrets_manager", subject: Path);
        }
        CredentialRules.CheckSecret(scope, this);
    }

    private protected void CheckFamily(BuildScope scope, Ref? parameterGroup)
    {
        if (EngineVersion is { } version && Engine.Form.IsMatch(version) && Engine.FamilyOf(version) is var own
            && scope.Build.Index.Find<ParameterGroup>(parameterGroup) is { Family: { Length: > 0 } family } group && family != own)
        {
            scope.Build.Bag.Add(RdsCodes.OtherFamily, parameterGroup!.Location,
                $"{group.Name} is for {family}, and the database is {own} (engine_version: \"{version}\")", $"family: {own}",
                new Diagnostics.RelatedPlace(group.PlaceOf("family"), "its family"), Path);
        }
    }

    private protected void CheckZones(BuildScope scope)
    {
        if (scope.Environment is { AvailabilityZones: 1 })
        {
            scope.Build.Bag.Add(BindingCodes.BrokenRule, Location,
                "a database needs subnets in two availability zones, but the network spans 1",
                "write availability_zones: 2 and a second range in every segment", subject: Path);
        }
    }

    private void RequiredRules(Fields f)
    {
        if (Segment is null && !f.Has("segment"))
            f.Lacks("segment", "a database needs a \"segment\" to live in");
        if (EngineVersion is null && !f.Has("engine_version"))
            f.Lacks("engine_version", $"a database needs an \"engine_version\", such as \"{Engine.Example}\"");
        if (MasterUsername is null && DbSnapshotIdentifier is null && !f.Has("master_username"))
            f.Lacks("master_username", "a new database needs a \"master_username\"");
    }
}
