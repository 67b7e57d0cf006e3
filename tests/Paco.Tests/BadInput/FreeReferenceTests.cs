using Paco.Stacks;

namespace Paco.Tests.BadInput;

/// <summary>References in what is read and not built: what they name must be there, what it will offer nobody knows.</summary>
public sealed class FreeReferenceTests
{
    private const string Site = "paco.ref netenv.mynet.applications.app.groups.site";

    private const string Pipeline = """
        address:
          type: EIP
          enabled: true
        pipeline:
          type: DeploymentPipeline
          deploy:
            CodeDeploy:
              auto_scaling_group: REFERENCE
              note: paco.reference, or paco.ref and other words
        """;

    [Theory]
    [InlineData($"{Site}.resources.adress")]
    [InlineData($"{Site}s.resources.address")]
    [InlineData("paco.ref accounts.nobody")]
    [InlineData("paco.ref netenv.mynet.network.vpc.segment.x")]
    [InlineData($"paco.sub '${{{Site}.resources.adress.name}}'")]
    public void In_a_type_that_is_not_built_a_typo_is_found(string reference)
    {
        using var project = new BadProject().Resources(Pipeline.Replace("REFERENCE", reference, StringComparison.Ordinal));
        Assert.Equal(34, project.Only(StackCodes.UnknownReference).Location.Line);
    }

    [Theory]
    [InlineData($"{Site}.resources.address")]
    [InlineData($"{Site}.resources.address.anything")]
    [InlineData($"{Site}.resources.pipeline.project.arn")]
    [InlineData("paco.ref accounts.dev")]
    [InlineData("paco.ref resource.codecommit.mynet.app")]
    [InlineData("paco.ref service.plugin.anything")]
    public void What_may_come_to_be_offered_is_not_a_mistake(string reference)
    {
        using var project = new BadProject().Resources(Pipeline.Replace("REFERENCE", reference, StringComparison.Ordinal));
        Assert.False(project.Compile().HasErrors);
    }

    [Theory]
    [InlineData("resource", "adress", true)]
    [InlineData("resources", "adress", true)]
    [InlineData("resource", "address", false)]
    [InlineData("resources", "address.address", false)]
    public void A_backups_selection_names_what_is_there(string field, string name, bool isWrong)
    {
        using var project = new BadProject().Resources(Pipeline.Split("pipeline:")[0].TrimEnd());
        project.Replace(BadProject.Netenv, "environments:\n", $$"""
            backup_vaults:
              app:
                enabled: true
                plans:
                  daily:
                    plan_rules: [{title: Daily, schedule_expression: cron(0 7 ? * * *)}]
                    selections: [{title: All, {{field}}: {{Site}}.resources.{{name}}}]
            environments:

            """).Replace(BadProject.Netenv, "      applications:\n        app:\n          #",
                "      backup_vaults: {app: {enabled: true}}\n      applications:\n        app:\n          #");
        Assert.Equal(isWrong, project.Compile().Diagnostics.Any(d => d.Code == StackCodes.UnknownReference));
    }

    [Fact]
    public void In_a_global_file_that_is_not_built_a_typo_is_found()
    {
        using var project = new BadProject().With("resource/cloudwatch.yaml",
            "rules:\n  all:\n    accounts:\n      - paco.ref accounts.nobody\n");
        Assert.Equal(4, project.Only(StackCodes.UnknownReference).Location.Line);
    }

    [Theory]
    [InlineData("dimensions: [{name: LoadBalancer, value: REFERENCE}]", "adress", true)]
    [InlineData("dimensions: [{name: LoadBalancer, value: REFERENCE}]", "address.address", false)]
    [InlineData("dimensions: [{name: LoadBalancer, vlaue: REFERENCE}]", "address", true)]
    [InlineData("severity: terrible", "address", true)]
    public void An_alarm_is_read_field_by_field(string fields, string name, bool isWrong)
    {
        var alarm = fields.Replace("REFERENCE", $"{Site}.resources.{name}", StringComparison.Ordinal);
        using var project = new BadProject().Resources($$"""
            {{Pipeline.Split("pipeline:")[0].TrimEnd()}}
            balancer:
              type: LBNetwork
              monitoring:
                alarm_sets:
                  core:
                    Healthy: { metric_name: HealthyHostCount, {{alarm}} }
            """);
        Assert.Equal(isWrong, project.Compile().HasErrors);
    }
}
