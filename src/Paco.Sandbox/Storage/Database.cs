using Microsoft.Data.Sqlite;
using Paco.Syntax;

namespace Paco.Sandbox.Storage;

/// <summary>Opens the file and makes its tables. One connection a process; several processes may share a file.</summary>
internal static class Database
{
    /// <summary>"Paco" in ASCII, which marks a SQLite file as ours.</summary>
    private const int ApplicationId = 0x5061636f;

    private const int Version = 1;

    // Nobody holds a file longer than one request takes; whoever does so holds up all of them.
    private const int SecondsToWait = 10;

    private static readonly string[] Beside = ["", "-wal", "-shm", "-journal"];

    private const string Tables = """
        CREATE TABLE stacks(seq INTEGER PRIMARY KEY, account TEXT, region TEXT, name TEXT, id TEXT UNIQUE, live INTEGER, due INTEGER, waits TEXT,
          status TEXT, head TEXT, resources TEXT, run TEXT, stable TEXT);
        CREATE INDEX stacks_by_name ON stacks(account, region, name, live);
        CREATE INDEX stacks_by_due ON stacks(due) WHERE due IS NOT NULL;
        CREATE TABLE events(seq INTEGER PRIMARY KEY, stack INTEGER, body TEXT);
        CREATE INDEX events_by_stack ON events(stack, seq);
        CREATE TABLE resources(account TEXT, region TEXT, type TEXT, physical TEXT, scope TEXT, name TEXT, stack INTEGER, logical TEXT,
          created INTEGER, properties TEXT, attributes TEXT, PRIMARY KEY(account, region, type, physical)) WITHOUT ROWID;
        CREATE UNIQUE INDEX resources_by_name ON resources(scope, name) WHERE name IS NOT NULL;
        CREATE INDEX resources_by_type ON resources(type, physical);
        CREATE TABLE exports(account TEXT, region TEXT, name TEXT, stack INTEGER, stack_id TEXT, value TEXT, PRIMARY KEY(account, region, name)) WITHOUT ROWID;
        CREATE TABLE imports(account TEXT, region TEXT, name TEXT, stack INTEGER, PRIMARY KEY(account, region, name, stack)) WITHOUT ROWID;
        CREATE TABLE changesets(seq INTEGER PRIMARY KEY, stack INTEGER, id TEXT UNIQUE, name TEXT, body TEXT);
        CREATE INDEX changesets_by_stack ON changesets(stack);
        CREATE TABLE tokens(stack INTEGER, token TEXT, call TEXT, PRIMARY KEY(stack, token)) WITHOUT ROWID;
        CREATE TABLE sessions(key TEXT PRIMARY KEY, account TEXT, arn TEXT, user_id TEXT, expires INTEGER) WITHOUT ROWID;
        CREATE TABLE objects(seq INTEGER PRIMARY KEY, bucket TEXT, key TEXT, version TEXT, latest INTEGER, marker INTEGER, etag TEXT, media TEXT,
          modified INTEGER, content BLOB);
        CREATE INDEX objects_by_key ON objects(bucket, key, seq);
        CREATE TABLE records(zone TEXT, name TEXT, type TEXT, set_id TEXT, body TEXT, PRIMARY KEY(zone, name, type, set_id)) WITHOUT ROWID;
        CREATE TABLE secrets(arn TEXT, version TEXT, stage TEXT, value TEXT, created INTEGER, PRIMARY KEY(arn, version)) WITHOUT ROWID;
        """;

    private const string DriftTables = """
        CREATE TABLE IF NOT EXISTS drifts(seq INTEGER PRIMARY KEY, id TEXT UNIQUE, stack INTEGER, started INTEGER, done INTEGER, status TEXT,
          drifted INTEGER, stale INTEGER DEFAULT 0);
        CREATE INDEX IF NOT EXISTS drifts_by_stack ON drifts(stack, seq);
        CREATE TABLE IF NOT EXISTS resource_drifts(stack INTEGER, logical TEXT, status TEXT, checked INTEGER, body TEXT,
          PRIMARY KEY(stack, logical)) WITHOUT ROWID;
        """;

    // AUTOINCREMENT, so that no id is given twice.
    private const string CredentialTable = """
        CREATE TABLE IF NOT EXISTS credentials(seq INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT, user TEXT, kind TEXT, id TEXT, body TEXT,
          created INTEGER);
        CREATE INDEX IF NOT EXISTS credentials_by_user ON credentials(account, user, kind);
        """;

    private const string RequestTable = """
        CREATE TABLE IF NOT EXISTS control_requests(token TEXT PRIMARY KEY, account TEXT, region TEXT, operation TEXT, type TEXT,
          identifier TEXT, failure TEXT, time INTEGER) WITHOUT ROWID;
        """;

    private const string AlarmTables = """
        CREATE TABLE IF NOT EXISTS metric_data(seq INTEGER PRIMARY KEY, account TEXT, region TEXT, namespace TEXT, name TEXT, dimensions TEXT,
          time INTEGER, count REAL, sum REAL, minimum REAL, maximum REAL, vals TEXT, unit TEXT);
        CREATE INDEX IF NOT EXISTS metric_data_by_metric ON metric_data(account, region, namespace, name, dimensions, time);
        CREATE TABLE IF NOT EXISTS alarm_states(account TEXT, region TEXT, name TEXT, value TEXT, reason TEXT, data TEXT, updated INTEGER,
          evaluated INTEGER, PRIMARY KEY(account, region, name)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS alarm_history(seq INTEGER PRIMARY KEY, account TEXT, region TEXT, name TEXT, type TEXT, time INTEGER,
          kind TEXT, summary TEXT, data TEXT);
        CREATE INDEX IF NOT EXISTS alarm_history_by_place ON alarm_history(account, region, time);
        """;

    // What tells this cloud from every other one, wherever its file is moved to.
    private const string IdentityTable = """
        CREATE TABLE IF NOT EXISTS identity(id TEXT);
        INSERT INTO identity SELECT lower(hex(randomblob(8))) WHERE NOT EXISTS (SELECT 1 FROM identity);
        """;

    /// <summary>Throws <see cref="SandboxFileException"/> for a file that cannot be used.</summary>
    public static SqliteConnection Open(string? path)
    {
        var connection = Connect(path ?? ":memory:");
        try
        {
            if (path is not null)
            {
                Claim(Path.GetFullPath(path));
            }

            connection.Open();
            Prepare(connection, path ?? ":memory:");
            return connection;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw Unusable(path ?? ":memory:", e);
        }
        catch (SandboxFileException)
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite gives the files beside it the rights of the first.
    private static void Claim(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (PrivateFile.ClaimFolder(folder) is { } reason)
        {
            throw new SandboxFileException($"The sandbox's folder {folder} {reason}. Name a file in a folder of your own.");
        }

        foreach (var file in Beside.Select(end => path + end))
        {
            if (PrivateFile.Claim(file) is { } mistake)
            {
                throw new SandboxFileException($"{file} {mistake}, and the sandbox uses files of its own only. Name another.");
            }
        }

        if (!File.Exists(path))
        {
            Create(path);
        }
    }

    private static void Create(string path)
    {
        try
        {
            PrivateFile.Create(path).Dispose();
        }
        catch (IOException) when (FileStatus.OfLink(path) is { Kind: FileKind.Regular, IsOurs: true })
        {
            // Another of our programs was quicker; its file is as private.
        }
    }

    private static SqliteConnection Connect(string path)
    {
        try
        {
            return new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = SecondsToWait }.ToString());
        }
        catch (TypeInitializationException e) when (e.GetBaseException() is DllNotFoundException)
        {
            // It stays a file of its own beside the native program, too: who copies the program alone forgets it.
            throw new SandboxFileException(
                "The sandbox needs SQLite, whose library e_sqlite3 is not beside the program in "
                + $"{AppContext.BaseDirectory}. The build puts it there: copy both.", e);
        }
    }

    /// <summary>What a person is told about a file that failed.</summary>
    public static SandboxFileException Unusable(string path, Exception e) => e switch
    {
        SqliteException { SqliteErrorCode: 5 or 6 } =>
            new($"The sandbox file {path} is held by another program. Wait for it or end it, or name another file.", e),
        IOException or UnauthorizedAccessException =>
            new($"The sandbox file {path} cannot be written: {FileTrouble.Why(e, path)}. Name another file.", e),
        SqliteException { SqliteErrorCode: 8 or 13 or 14 } =>
            new($"The sandbox file {path} cannot be written: {e.Message.TrimEnd('.')}. Name another file.", e),
        _ => new($"The sandbox file {path} cannot be used ({e.Message.TrimEnd('.')}). Delete it to start anew, or name another file.", e),
    };

    private static void Prepare(SqliteConnection connection, string path)
    {
        Execute(connection, $"PRAGMA busy_timeout={SecondsToWait * 1000}; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;");
        using var transaction = connection.BeginTransaction(deferred: false);
        var (application, version) = (Number(connection, "PRAGMA application_id"), Number(connection, "PRAGMA user_version"));
        if (application == 0 && Number(connection, "SELECT count(*) FROM sqlite_master") == 0)
        {
            Execute(connection, $"{Tables} PRAGMA application_id={ApplicationId}; PRAGMA user_version={Version};");
        }
        else if (application != ApplicationId)
        {
            throw new SandboxFileException($"{path} is a database, but not one of the sandbox. Name another file.");
        }
        else if (version != Version)
        {
            throw new SandboxFileException(
                $"The sandbox file {path} was written by another version of Paco. Delete it to start anew, or name another file.");
        }

        // Files made before there was drift, an identity, IAM, logs, neighbours, alarms that are evaluated or a memory of Cloud
        // Control's requests have no place for it yet.
        Execute(connection, DriftTables);
        Execute(connection, RequestTable);
        Execute(connection, IdentityTable);
        Execute(connection, CredentialTable);
        Execute(connection, AlarmTables);
        Execute(connection, LogTable.Tables);
        Execute(connection, ResourceTable.Claims);
        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
