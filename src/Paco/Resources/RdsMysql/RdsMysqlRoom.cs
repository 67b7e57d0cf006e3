using Paco.Binding;
using Paco.Resources.Rds;
using Paco.Stacks;

namespace Paco.Resources.RdsMysql;

public sealed class RdsMysqlRoom : Room
{
    public override string Type => "RDSMysql";

    public override string Summary => "A MySQL database on one instance, with a standby in a second availability zone where asked.";

    public override IEnumerable<Diagnostics.DiagnosticCode> Codes => RdsCodes.All;

    public override AppResource Bind(Fields f) => new RdsMysql(f);
}

/// <summary>A MySQL database. Its identifier is the name of its stack.</summary>
public sealed class RdsMysql(Fields f) : DatabaseInstance(f)
{
    public Given<bool> MultiAz { get; } = f.Flag("multi_az", "Keep a standby in a second availability zone.", false);

    internal override Engine Engine => Engine.Mysql;

    internal override bool? StandbyZone => MultiAz;
}
