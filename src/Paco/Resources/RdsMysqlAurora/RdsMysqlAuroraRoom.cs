using Paco.Binding;
using Paco.Resources.Rds;
using Paco.Stacks;

namespace Paco.Resources.RdsMysqlAurora;

public sealed class RdsMysqlAuroraRoom : Room
{
    public override string Type => "RDSMysqlAurora";

    public override string Summary => "An Aurora cluster that speaks MySQL, with its instances.";

    public override IEnumerable<Diagnostics.DiagnosticCode> Codes => RdsCodes.All;

    public override AppResource Bind(Fields f) => new RdsMysqlAurora(f);
}

/// <summary>An Aurora cluster for MySQL.</summary>
public sealed class RdsMysqlAurora(Fields f) : AuroraCluster(f)
{
    public override string? DatabaseName { get; } =
        f.Text("database_name", "The first database in it. A change replaces the cluster.", Check.Length(1, 64));

    internal override Engine Engine => Engine.AuroraMysqlOf(EngineVersion);
}
