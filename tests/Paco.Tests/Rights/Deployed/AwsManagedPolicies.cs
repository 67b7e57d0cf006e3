using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Deployed;

/// <summary>Policies that AWS writes, as far as a role of a pipeline has them: <c>aws-managed-policies.json</c>.</summary>
internal static class AwsManagedPolicies
{
    private static readonly Lazy<MapValue> Known = new(() =>
        TemplateReader.Read(File.ReadAllText(Repository.Path("tests", "Paco.Tests", "Rights", "aws-managed-policies.json")))!);

    /// <param name="arn"><c>arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole</c></param>
    public static ImmutableArray<PolicyStatement> Find(string arn) => Known.Value[arn] is MapValue policy
        ? PolicyStatement.Read(policy["document"])
        : throw new NotSupportedException($"{arn} is not in aws-managed-policies.json; refresh-managed-policies names what is");
}
