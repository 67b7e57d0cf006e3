using System.Text.Json.Nodes;

namespace Paco.Sandbox.Tests.Delivery;

/// <summary>Templates of what a pipeline is made of, as text.</summary>
internal static class Templates
{
    public const string Tools = "111111111111";
    public const string Dev = "222222222222";
    public const string Prod = "333333333333";

    public static string Of(params (string Id, string Type, string Properties)[] resources) => new JsonObject
    {
        ["Resources"] = new JsonObject(resources.Select(r => KeyValuePair.Create(r.Id, (JsonNode?)new JsonObject
        {
            ["Type"] = r.Type,
            ["Properties"] = JsonNode.Parse(r.Properties),
        }))),
    }.ToJsonString();

    /// <summary>A role that a service or an account may take on.</summary>
    /// <param name="assumes">The role it may take on itself, or null.</param>
    public static (string, string, string) Role(string name, string principal, string? assumes = null, string condition = "{}") => (
        $"Role{name}", "AWS::IAM::Role", $$"""
        {"RoleName": "{{name}}", "AssumeRolePolicyDocument": {"Statement": [
          {"Effect": "Allow", "Principal": {{principal}}, "Action": "sts:AssumeRole", "Condition": {{condition}} }]},
         "Policies": [{"PolicyName": "it", "PolicyDocument": {"Statement": [
          {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "{{assumes ?? "arn:aws:iam::999999999999:role/nobody"}}"}]} }]}
        """);

    public static string Service(string name) => $$"""{"Service": "{{name}}.amazonaws.com"}""";

    public static string Account(string id) => $$"""{"AWS": "arn:aws:iam::{{id}}:root"}""";

    public static (string, string, string) Bucket(string name) => ("Bucket", "AWS::S3::Bucket", $$"""{"BucketName": "{{name}}"}""");

    public static (string, string, string) Key(string statements, string more = "") => ("Key", "AWS::KMS::Key",
        $$"""{"KeyPolicy": {"Version": "2012-10-17", "Statement": [{{statements}}]} {{more}} }""");

    public static string Allow(string principal, string action = "kms:*", string condition = "{}") => $$"""
        {"Effect": "Allow", "Principal": {{principal}}, "Action": "{{action}}", "Resource": "*", "Condition": {{condition}} }
        """;

    public static string Action(string name, string category, string provider, string? input, string? output, int order = 1,
        string? role = null) => $$"""
        {"Name": "{{name}}", "ActionTypeId": {"Category": "{{category}}", "Owner": "AWS", "Provider": "{{provider}}", "Version": "1"},
         "InputArtifacts": [{{(input is null ? "" : $$"""{"Name": "{{input}}"}""")}}],
         "OutputArtifacts": [{{(output is null ? "" : $$"""{"Name": "{{output}}"}""")}}], "RunOrder": {{order}},
         {{(role is null ? "" : $"\"RoleArn\": \"{role}\",")}}
         "Configuration": {"RepositoryName": "shop", "BranchName": "main", "ProjectName": "shop"} }
        """;

    public static string Stage(string name, params string[] actions) =>
        $$"""{"Name": "{{name}}", "Actions": [{{string.Join(", ", actions)}}]}""";

    public static (string, string, string) Pipeline(params string[] stages) => Pipeline("shop", "artifacts-of-shop", stages);

    public static (string, string, string) Pipeline(string name, string bucket, string[] stages) => (
        "Pipeline", "AWS::CodePipeline::Pipeline", $$"""
        {"Name": "{{name}}", "RoleArn": "arn:aws:iam::{{Tools}}:role/pipeline", "PipelineType": "V2",
         "ArtifactStore": {"Type": "S3", "Location": "{{bucket}}"}, "Stages": [{{string.Join(", ", stages)}}]}
        """);

    public static readonly string Source = Stage("Source", Action("Code", "Source", "CodeCommit", null, "Code"));

    public static readonly string Build = Stage("Build", Action("Build", "Build", "CodeBuild", "Code", "Built"));
}
