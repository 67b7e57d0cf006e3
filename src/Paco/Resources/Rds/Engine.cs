using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Resources.Rds;

/// <summary>A database engine: what RDS calls it, how its versions are written and what they mean.</summary>
internal sealed partial record Engine(string Name)
{
    public static readonly Engine Mysql = new("mysql")
    {
        Form = DottedMajor(), Example = "8.4", Major = TwoParts, Family = major => $"mysql{major}",
        Majors = ["5.6", "5.7", "8.0", "8.4"],
        StandardEnd = new() { ["5.6"] = "2022-03-01", ["5.7"] = "2024-02-29", ["8.0"] = "2026-07-31" },
        Retired = ["5.6"],
        LogExports = ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
    };

    public static readonly Engine Postgres = new("postgres")
    {
        Form = PostgresMajor(), Example = "17", Major = PostgresVersion, Family = major => $"postgres{major}",
        Majors = ["9.6", "10", "11", "12", "13", "14", "15", "16", "17", "18"],
        StandardEnd = new()
        {
            ["9.6"] = "2022-04-26",
            ["10"] = "2023-04-17",
            ["11"] = "2024-02-29",
            ["12"] = "2025-02-28",
            ["13"] = "2026-02-28",
        },
        Retired = ["9.6", "10"],
        LogExports = ["postgresql", "upgrade", "iam-db-auth-error"],
    };

    public static readonly Engine SqlServerExpress = new("sqlserver-ex")
    {
        Form = DottedMajor(), Example = "16.00", Major = version => $"{version.Split('.')[0]}.00",
        Family = major => $"sqlserver-ex-{major[..^1]}",
        Majors = ["12.00", "13.00", "14.00", "15.00", "16.00"],
        Retired = ["12.00"],
        LogExports = ["error", "agent"],
    };

    /// <summary>Aurora with MySQL's first lines, which had an engine of their own.</summary>
    private static readonly Engine Aurora56 = new("aurora")
    {
        Form = DottedMajor(), Example = "8.0", Major = TwoParts, Family = major => $"aurora{major}",
        Majors = ["5.6"],
        StandardEnd = new() { ["5.6"] = "2023-02-28" },
        Retired = ["5.6"],
        LogExports = ["audit", "error", "general", "slowquery"],
    };

    private static readonly Engine AuroraMysql = new("aurora-mysql")
    {
        Form = DottedMajor(), Example = "8.0", Major = TwoParts, Family = major => $"aurora-mysql{major}",
        Majors = ["5.7", "8.0"],
        StandardEnd = new() { ["5.7"] = "2024-10-31" },
        LogExports = ["audit", "error", "general", "slowquery", "instance", "iam-db-auth-error"],
    };

    public static readonly Engine AuroraPostgresql = new("aurora-postgresql")
    {
        Form = PostgresMajor(), Example = "17", Major = PostgresVersion, Family = major => $"aurora-postgresql{major}",
        Majors = ["9.6", "10", "11", "12", "13", "14", "15", "16", "17"],
        StandardEnd = new()
        {
            ["9.6"] = "2022-01-31",
            ["10"] = "2023-01-31",
            ["11"] = "2024-02-29",
            ["12"] = "2025-02-28",
            ["13"] = "2026-02-28",
        },
        Retired = ["9.6", "10"],
        LogExports = ["postgresql", "instance", "iam-db-auth-error"],
    };

    /// <summary>How a version is written.</summary>
    public required Regex Form { get; init; }

    /// <summary>A current line, for hints.</summary>
    public required string Example { get; init; }

    /// <summary>The major line of a version: <c>8.0</c> of 8.0.35, <c>17</c> of 17.4.</summary>
    public required Func<string, string> Major { get; init; }

    /// <summary>The parameter group family of a major line.</summary>
    public required Func<string, string> Family { get; init; }

    /// <summary>The lines this version knows; others pass with a warning.</summary>
    public required ImmutableArray<string> Majors { get; init; }

    /// <summary>
    /// The day standard support ended, for the lines it has ended for when this version was made. Not compared with a clock: the
    /// same files yield the same result on every day.
    /// </summary>
    public Dictionary<string, string> StandardEnd { get; init; } = [];

    /// <summary>Lines that AWS does not run any longer at all.</summary>
    public ImmutableArray<string> Retired { get; init; } = [];

    /// <summary>Logs that RDS can send to CloudWatch.</summary>
    public required ImmutableArray<string> LogExports { get; init; }

    public int LongestPassword => Name is "mysql" or "aurora" or "aurora-mysql" ? 41 : 128;

    /// <summary>Characters of the first user's name. Source: RDS API Reference, CreateDBInstance.</summary>
    public int LongestUser => Name switch
    {
        "mysql" or "aurora" or "aurora-mysql" => 16,
        "sqlserver-ex" => 128,
        _ => 63,
    };

    public bool IsPostgres => Name.EndsWith("postgresql", StringComparison.Ordinal);

    /// <summary>Extended support is a contract for MySQL and PostgreSQL only.</summary>
    public bool HasExtendedSupport => Name is "mysql" or "postgres" or "aurora-mysql" or "aurora-postgresql";

    /// <summary>Aurora MySQL's engine of a version.</summary>
    public static Engine AuroraMysqlOf(string? version) =>
        version?.StartsWith("5.6", StringComparison.Ordinal) == true ? Aurora56 : AuroraMysql;

    public string FamilyOf(string version) => Family(Major(version));

    /// <summary>Reports a version that cannot be, is unknown, is retired or costs extra.</summary>
    public void CheckVersion(Fields f, string version, bool? extendedSupport)
    {
        var place = f.Place("engine_version");
        if (!Form.IsMatch(version))
        {
            f.Report(BindingCodes.BadValue, place, $"\"{version}\" is no version of {Name}",
                $"a major version such as \"{Example}\", or one with its minor version");
            return;
        }
        var major = Major(version);
        if (!Majors.Contains(major))
        {
            f.Report(BindingCodes.UnusualValue, place, $"{Name} {major} is not a line this version knows",
                $"known: {string.Join(", ", Majors)}");
        }
        else if (Retired.Contains(major))
        {
            f.Report(RdsCodes.OutOfSupport, place, $"{Name} {major} is retired: AWS creates none any longer",
                $"move to a current line such as {Example}");
        }
        else if (StandardEnd.TryGetValue(major, out var end))
        {
            f.Report(RdsCodes.OutOfSupport, place, $"{Name} {major} left standard support on {end}: " + (extendedSupport == false
                    ? "without Extended Support AWS creates none any longer and upgrades those that exist"
                    : "AWS bills Extended Support per vCPU and hour (about $0.10 in us-east-1, doubling in the third year)"),
                $"move to a current line such as {Example}, with allow_major_version_upgrade: true");
        }
    }

    private static string TwoParts(string version) => string.Join('.', version.Split('.').Take(2));

    // Up to 9.6 the first two numbers made a line, since 10 the first alone.
    private static string PostgresVersion(string version) =>
        version.StartsWith("9.", StringComparison.Ordinal) ? TwoParts(version) : version.Split('.')[0];

    [GeneratedRegex(@"^\d{1,2}\.\d{1,2}([.-][A-Za-z0-9._-]+|a)?$")]
    private static partial Regex DottedMajor();

    [GeneratedRegex(@"^(9\.\d|[1-9]\d)([.-][A-Za-z0-9._-]+)?$")]
    private static partial Regex PostgresMajor();
}

/// <summary>Codes of the database rooms.</summary>
internal static class RdsCodes
{
    public static readonly DiagnosticCode SharedSecret = new("PACO3062", Severity.Error, "a secret of two databases",
        "With `secrets_password` the database's host, port and engine are written into the secret (AWS::SecretsManager::SecretTargetAttachment), where whoever connects finds them. A secret has room for one database; the creation of the second attachment fails, and its stack with it.");

    public static readonly DiagnosticCode UnfitSecret = new("PACO3094", Severity.Error, "a secret that its database cannot use",
        "A database reads the first user's password out of its secret, under the key `password`, when it is created. RDS refuses blanks, `/`, `\"` and `@` in it; Secrets Manager puts them into one password of several unless `exclude_characters` or `exclude_punctuation` says otherwise, so that the creation fails at random, late, and with the stack.");

    public static readonly DiagnosticCode OtherFamily = new("PACO3095", Severity.Error, "a parameter group of another engine",
        "A parameter group is for one engine and one major line of it: its `family`. RDS takes no other for a database. For a new major line make a second group, and name that one in the same change as the new `engine_version`.");

    public static readonly DiagnosticCode OutOfSupport = new("PACO3061", Severity.Warning, "a database version out of standard support",
        "AWS keeps such a database running only under RDS Extended Support, which it charges for each vCPU and hour, or not at all. The dates are those known when this version of Paco was made; `aws rds describe-db-major-engine-versions` tells today's. A new major version needs `allow_major_version_upgrade: true` in the same change and a look at the engine's upgrade notes.");

    public static IEnumerable<DiagnosticCode> All => [OutOfSupport, SharedSecret, UnfitSecret, OtherFamily];
}
