using Paco.Binding;
using Paco.Resources.Rds;
using Paco.Stacks;

namespace Paco.Resources.RdsPostgresqlAurora;

public sealed class RdsPostgresqlAuroraRoom : Room
{
    public override string Type => "RDSPostgresqlAurora";

    public override string Summary => "An Aurora cluster that speaks PostgreSQL, with its instances.";

    public override IEnumerable<Diagnostics.DiagnosticCode> Codes => [RdsCodes.OutOfSupport];

    public override AppResource Bind(Fields f) => new RdsPostgresqlAurora(f);
}

/// <summary>An Aurora cluster for PostgreSQL.</summary>
public sealed class RdsPostgresqlAurora(Fields f) : AuroraCluster(f)
{
    public override string? DatabaseName { get; } = f.Text("database_name", "The first database in it. A change replaces the cluster.", Check.Length(1, 63));

    internal override Engine Engine => Engine.AuroraPostgresql;

    protected internal override void Build(BuildScope scope)
    {
        base.Build(scope);
        LogGroups(scope);
    }

    // The stack for log groups was always made, empty without log sets. With log sets it would have to hold their groups, and an
    // empty one would delete those that exist.
    private void LogGroups(BuildScope scope)
    {
        if (Monitoring?.LogSets is not null)
            return;
        var stack = scope.Stack(this, "LogGroups", "log groups", $"{Path}.log_groups");
        stack.Tags = [.. scope.Tags.Where(tag => tag.Key is not ("Paco-Application-Group-Name" or "Paco-Application-Resource-Name"))];
        stack.Done();
    }
}
