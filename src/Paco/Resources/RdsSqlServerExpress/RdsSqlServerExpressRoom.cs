using Paco.Binding;
using Paco.Resources.Rds;
using Paco.Stacks;

namespace Paco.Resources.RdsSqlServerExpress;

public sealed class RdsSqlServerExpressRoom : Room
{
    public override string Type => "RDSSQLServerExpress";

    public override string Summary => "A SQL Server Express database on one instance, with native backups to a bucket where asked.";

    public override IEnumerable<Diagnostics.DiagnosticCode> Codes => RdsCodes.All;

    public override AppResource Bind(Fields f) => new RdsSqlServerExpress(f);
}

/// <summary>A SQL Server Express database. Its identifier is the name of its stack.</summary>
public sealed class RdsSqlServerExpress(Fields f) : DatabaseInstance(f)
{
    public Ref? BackupRestoreBucket { get; } =
        f.Ref("backup_restore_bucket", "The bucket that native backups go to and are restored from.", "S3Bucket");

    internal override Engine Engine => Engine.SqlServerExpress;

    internal override bool? StandbyZone => null;

    internal override Ref? BackupBucket => BackupRestoreBucket;

    protected internal override void Rules(Fields f)
    {
        base.Rules(f);
        f.Ignore("multi_az");
        if (f.Peek("multi_az") is not (null or "false"))
            f.Broken("multi_az", "SQL Server Express has no standby in a second availability zone", "leave \"multi_az\" out");
        if (Port?.Value is 1234 or 1434 or 3260 or 3343 or 3389 or 47001 or (>= 49152 and <= 49156))
            f.Broken("port", $"RDS keeps port {Port} of SQL Server for itself");
    }
}
