namespace Paco.Sandbox.Made;

/// <summary>What is or has a policy whose principals are looked up when it is taken on.</summary>
/// <param name="property">The property that holds it.</param>
/// <param name="service">As CloudFormation names it in a refusal.</param>
/// <param name="words">The service's own, of the principal that is nobody.</param>
internal sealed class PolicyHandler(string property, string service, Func<string, string> words) : CheckedHandler
{
    // Source: aws-cloudformation/cfn-lint#4287, hashicorp/terraform-provider-aws#8905.
    public static PolicyHandler Role { get; } =
        new("AssumeRolePolicyDocument", "Iam", nobody => $"Invalid principal in policy: \"AWS\":\"{nobody}\"");

    // Source: aws-samples/aws-batch-architecture-for-alphafold#1, cloudformation-coverage-roadmap#2124.
    public static PolicyHandler Bucket { get; } = new("PolicyDocument", "S3", _ => "Invalid principal in policy");

    protected override void Check(ResourceRequest m)
    {
        if (Principals.Unknown(m.Store, m.Properties[property]) is { } nobody)
        {
            throw ServiceRefusal.Of(m, service, words(nobody));
        }
    }
}
