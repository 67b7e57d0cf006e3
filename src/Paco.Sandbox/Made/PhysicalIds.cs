using Paco.Sandbox.Stacks;

namespace Paco.Sandbox.Made;

/// <summary>Physical ids: what Ref gives and DescribeStackResources shows.</summary>
internal static class PhysicalIds
{
    public static string Of(ResourceRequest m) =>
        m.Type == "AWS::CloudFormation::WaitConditionHandle" ? WaitHandle(m)
        : m.Type == NestedStacks.Type ? NestedStacks.Id(m)
        : m.Facts.Id is { } form ? Arns.Fill(m, form)
        : FromSchema(m);

    private static string FromSchema(ResourceRequest m)
    {
        if (m.Schema is null || m.Schema.PrimaryIdentifier is not [var first, ..])
        {
            return Names.Of(m);
        }

        if (m.Schema.PrimaryIdentifier.Count > 1)
        {
            return OfParts(m, m.Schema.PrimaryIdentifier);
        }

        return m.Schema.Properties.Contains(first) ? m.Text(first) ?? Names.Of(m)
            : first.EndsWith("Arn", StringComparison.OrdinalIgnoreCase) || first.EndsWith("ARN", StringComparison.Ordinal)
                ? Arns.Of(m, Names.Of(m))
            : Names.Explicit(m) ?? (first == "Id" || first.EndsWith("Name", StringComparison.Ordinal) ? Names.Of(m) : m.Seed.Uuid());
    }

    /// <summary>Several parts: joined where all are given, else the part that is AWS's or CloudFormation's to make.</summary>
    private static string OfParts(ResourceRequest m,
        IReadOnlyList<string> parts) => parts.FirstOrDefault(part => m.Text(part) is null) switch
    {
        null => string.Join("|", parts.Select(m.Text)),
        var missing when m.Schema!.IsReadOnly(missing) && missing.EndsWith("Id", StringComparison.Ordinal) => m.Seed.Hex(10),
        _ => Names.Generated(m),
    };

    private static string WaitHandle(ResourceRequest m) =>
        $"https://cloudformation-waitcondition-{m.Region}.s3.{m.Region}.{SandboxContext.UrlSuffix(m.Region)}/" + Uri.EscapeDataString(
            $"{m.StackId}/{m.Logical}") + $"?Signature={m.Seed.Hex(32)}";
}
