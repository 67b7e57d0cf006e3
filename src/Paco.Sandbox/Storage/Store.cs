using Microsoft.Data.Sqlite;
using Paco.Sandbox.Stacks;

namespace Paco.Sandbox.Storage;

/// <summary>The one connection with its prepared statements. Used by one request at a time, inside its transaction.</summary>
internal sealed class Store(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private SqliteTransaction? _transaction;

    public void Begin() => _transaction = connection.BeginTransaction(deferred: false);

    public void Commit()
    {
        _transaction!.Commit();
        End();
    }

    /// <summary>Takes back what was not committed; harmless where there is nothing.</summary>
    public void Abandon()
    {
        if (_transaction is not null)
        {
            try
            {
                _transaction.Rollback();
            }
            catch (SqliteException)
            {
                // A broken file has nothing to go back to; that it is broken, the call before has said.
            }

            End();
        }
    }

    /// <summary>Does something, and takes back all of its writes where it throws.</summary>
    public T Whole<T>(Func<T> work)
    {
        _transaction!.Save("part");
        try
        {
            var result = work();
            _transaction.Release("part");
            return result;
        }
        catch
        {
            _transaction.Rollback("part");
            _transaction.Release("part");
            throw;
        }
    }

    /// <summary>Runs a statement; its parameters are <c>$1</c>, <c>$2</c>, … The answer is the number of rows written.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var reader = Command(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(Mapped(reader, map));
        }

        return rows;
    }

    /// <summary>The first row, or null.</summary>
    public T? Row<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var reader = Command(sql, values).ExecuteReader();
        return reader.Read() ? Mapped(reader, map) : null;
    }

    public long Number(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteScalar() is long number ? number : 0;

    public string? Text(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteScalar() as string;

    public long LastRow() => Number("SELECT last_insert_rowid()");

    public void Dispose()
    {
        Abandon();
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    // What is in a row, we wrote: where it does not read as that, the file was damaged.
    private static T Mapped<T>(SqliteDataReader reader, Func<SqliteDataReader, T> map)
    {
        try
        {
            return map(reader);
        }
        catch (Exception e) when (OperationEngine.IsOurs(e))
        {
            throw new InvalidDataException("a row of it is damaged", e);
        }
    }

    private void End()
    {
        _transaction!.Dispose();
        _transaction = null;
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            _prepared[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
            }
        }

        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
