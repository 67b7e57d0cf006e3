using Paco.Resources.Rds;

namespace Paco.Tests.Rds;

/// <summary>What is derived from an engine's version.</summary>
public sealed class EngineTests
{
    [Theory]
    [InlineData("mysql", "5.7.26", "mysql5.7")]
    [InlineData("mysql", "8.0.27", "mysql8.0")]
    [InlineData("mysql", "8.4", "mysql8.4")]
    [InlineData("postgres", "9.6.23", "postgres9.6")]
    [InlineData("postgres", "10.18", "postgres10")]
    [InlineData("postgres", "17", "postgres17")]
    [InlineData("aurora-mysql", "5.6.10a", "aurora5.6")]
    [InlineData("aurora-mysql", "5.6.mysql_aurora.1.22.1.3", "aurora5.6")]
    [InlineData("aurora-mysql", "5.7.12", "aurora-mysql5.7")]
    [InlineData("aurora-mysql", "8.0.mysql_aurora.3.01.0", "aurora-mysql8.0")]
    [InlineData("aurora-postgresql", "9.6.18", "aurora-postgresql9.6")]
    [InlineData("aurora-postgresql", "13.4", "aurora-postgresql13")]
    [InlineData("aurora-postgresql", "17.4", "aurora-postgresql17")]
    [InlineData("sqlserver-ex", "12.00.5571.0.v1", "sqlserver-ex-12.0")]
    [InlineData("sqlserver-ex", "15.00.4073.23.v1", "sqlserver-ex-15.0")]
    public void A_parameter_group_is_of_the_family_of_the_major_line(string engine, string version, string family)
    {
        Assert.Matches(Of(engine, version).Form, version);
        Assert.Equal(family, Of(engine, version).FamilyOf(version));
    }

    [Theory]
    [InlineData("mysql", "8")]
    [InlineData("mysql", "latest")]
    [InlineData("postgres", "9")]
    [InlineData("postgres", "v17")]
    [InlineData("sqlserver-ex", "2019")]
    [InlineData("aurora-mysql", "3")]
    [InlineData("aurora-postgresql", "17 ")]
    public void A_version_that_names_no_major_line_is_none(string engine, string version) =>
        Assert.DoesNotMatch(Of(engine, version).Form, version);

    [Theory]
    [InlineData("mysql", "8.4.5", "8.4")]
    [InlineData("postgres", "17.4", "17")]
    [InlineData("sqlserver-ex", "15.00.4073.23.v1", "15.00")]
    public void An_option_group_is_of_the_major_line(string engine, string version, string major) =>
        Assert.Equal(major, Of(engine, version).Major(version));

    private static Engine Of(string name, string version) => name switch
    {
        "mysql" => Engine.Mysql,
        "postgres" => Engine.Postgres,
        "sqlserver-ex" => Engine.SqlServerExpress,
        "aurora-mysql" => Engine.AuroraMysqlOf(version),
        _ => Engine.AuroraPostgresql,
    };
}
