using Paco.Binding;
using Paco.Resources.Rds;
using Paco.Stacks;

namespace Paco.Resources.RdsPostgresql;

public sealed class RdsPostgresqlRoom : Room
{
    public override string Type => "RDSPostgresql";

    public override string Summary => "A PostgreSQL database on one instance, with a standby in a second availability zone where asked.";

    public override IEnumerable<Diagnostics.DiagnosticCode> Codes => RdsCodes.All;

    public override AppResource Bind(Fields f) => new RdsPostgresql(f);
}

/// <summary>A PostgreSQL database. Its identifier is the name of its stack.</summary>
public sealed class RdsPostgresql(Fields f) : DatabaseInstance(f)
{
    public Given<bool> MultiAz { get; } = f.Flag("multi_az", "Keep a standby in a second availability zone.", false);

    internal override Engine Engine => Engine.Postgres;

    internal override bool? StandbyZone => MultiAz;
}
