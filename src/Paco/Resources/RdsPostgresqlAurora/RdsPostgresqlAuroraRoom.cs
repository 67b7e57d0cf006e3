using Paco.Binding;
using Paco.Monitoring;
using Paco.Resources.Rds;
using Paco.Stacks;

namespace Paco.Resources.RdsPostgresqlAurora;

public sealed class RdsPostgresqlAuroraRoom : Room
{
    public override string Type => "RDSPostgresqlAurora";

    public override string Summary => "An Aurora cluster that speaks PostgreSQL, with its instances.";

    public override IEnumerable<Diagnostics.DiagnosticCode> Codes => RdsCodes.All;

    public override AppResource Bind(Fields f) => new RdsPostgresqlAurora(f);
}

/// <summary>An Aurora cluster for PostgreSQL.</summary>
public sealed class RdsPostgresqlAurora(Fields f) : AuroraCluster(f)
{
    public override string? DatabaseName { get; } =
        f.Text("database_name", "The first database in it. A change replaces the cluster.", Check.Length(1, 63));

    internal override Engine Engine => Engine.AuroraPostgresql;

    // The stack was always made, also without a log set.
    private protected override WatchedLogs Logs => new((DefaultInstance?.Monitoring ?? Monitoring)?.LogSets ?? []);
}
