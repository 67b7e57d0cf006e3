using System.Collections.Frozen;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.Rds;

/// <summary>What RDS refuses of a first user: its name, and the password that Secrets Manager makes up for it.</summary>
internal static class CredentialRules
{
    private const string Forbidden = "/\"@";
    private const int ShortestPassword = 8;

    // What RDS keeps for itself, and what is a word of the engine's own. Source: RDS API Reference, CreateDBInstance; RDS User Guide,
    // "Master user account privileges"; PostgreSQL, appendix C "SQL Key Words" (the reserved ones); what CreateDBInstance answered:
    // cfn-lint #4425, aws-cdk #10579.
    private static readonly FrozenSet<string> Everywhere = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "rdsadmin", "rdsrepladmin");

    private static readonly FrozenSet<string> Postgres = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "admin", "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "authorization", "both", "case", "cast", "check", "collate",
        "column", "constraint", "create", "current_user", "default", "desc", "distinct", "do", "else", "end", "except", "false", "fetch",
        "for", "foreign", "from", "grant", "group", "having", "in", "initially", "intersect", "into", "leading", "limit", "not", "null",
        "offset", "on", "only", "or", "order", "placing", "primary", "references", "rds_iam", "rds_password", "rds_replication",
        "rds_superuser", "returning", "select", "session_user", "some", "symmetric", "table", "then", "to", "trailing", "true", "union",
        "unique", "user", "using", "variadic", "when", "where", "window", "with");

    private static readonly FrozenSet<string> SqlServer = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "dbo", "guest", "sa");

    private static readonly FrozenSet<string> Mysql = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "mysql.sys", "mysql.session", "mysql.infoschema", "rdstopmgr");

    public static void CheckName(Fields f, Engine engine, string name)
    {
        if (Everywhere.Contains(name) || ReservedBy(engine).Contains(name) || (engine.IsPostgres && Begins(name, "pg_")))
        {
            f.Broken("master_username", $"{engine.Name} keeps the name \"{name}\" for itself: RDS creates no database with it",
                "another name, such as dbadmin");
        }
        else if (!char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            || name.Length > engine.LongestUser)
        {
            f.Broken("master_username",
                $"{engine.Name} takes names of a letter and up to {engine.LongestUser - 1} letters, digits and _, got \"{name}\"");
        }
    }

    /// <summary>The secret that a database reads its password from, when it is built.</summary>
    public static void CheckSecret(BuildScope scope, Database database)
    {
        if (scope.Build.Index.Find<Secrets.Secret>(database.SecretsPassword) is not { Generate: { IsEnabled: true } generated })
            return;
        if (generated.GenerateStringKey != "password")
        {
            Report("generate_string_key", generated.GenerateStringKey is { } key
                    ? $"the secret has its password under \"{key}\", and the database reads \"password\""
                    : "the secret is one word, and the database reads \"password\" out of a JSON object",
                "generate_string_key: password, with a secret_string_template such as '{\"username\": \"root\"}'");
        }
        var held = string.Concat((generated.IncludeSpace?.Value == true ? Forbidden + " " : Forbidden).Where(c => !generated.Excludes(c)));
        if (held.Length > 0)
        {
            Report("exclude_characters",
                $"the password may hold {string.Join(' ', held.Select(Shown))}, which RDS refuses: then the database cannot be created",
                "exclude_characters: '\"@/\\'; where the database exists already, a change makes up another password");
        }
        if (generated.PasswordLength < ShortestPassword || generated.PasswordLength > database.Engine.LongestPassword)
        {
            Report("password_length", $"the password has {generated.PasswordLength} characters; {database.Engine.Name} takes "
                + $"{ShortestPassword} to {database.Engine.LongestPassword}", null);
        }

        void Report(string field, string message, string? hint) =>
            scope.Build.Bag.Add(RdsCodes.UnfitSecret, generated.PlaceOf(field), message, hint,
                new RelatedPlace(database.SecretsPassword!.Location, "the database that reads it"), database.Path);
    }

    private static bool Begins(string name, string start) => name.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string> ReservedBy(Engine engine) =>
        engine.IsPostgres || engine.Name == "postgres" ? Postgres : engine.Name == "sqlserver-ex" ? SqlServer : Mysql;

    private static string Shown(char c) => c == ' ' ? "blanks" : $"{c}";
}
