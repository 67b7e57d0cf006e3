using Paco.Sandbox.Made;

namespace Paco.Sandbox.Services;

/// <summary>AWS's public AMI parameters: any name below their roots has an image, the same one every time.</summary>
internal static class PublicParameters
{
    private static readonly string[] Roots =
    [
        "/aws/service/ami-amazon-linux-latest/",
        "/aws/service/ami-windows-latest/",
        "/aws/service/canonical/ubuntu/",
        "/aws/service/ecs/optimized-ami/",
        "/aws/service/debian/",
        "/aws/service/bottlerocket/",
    ];

    /// <summary>The parameter's value, or null where there is none. A trailing <c>:version</c> is allowed.</summary>
    public static string? Value(string region, string name)
    {
        var path = name.Split(':')[0];
        if (Roots.FirstOrDefault(root => path.StartsWith(root, StringComparison.Ordinal) && path.Length > root.Length) is null)
        {
            return null;
        }

        var image = $"ami-{new DeterministicIds($"{region} {path}").Hex(17)}";
        return path.EndsWith("/recommended", StringComparison.Ordinal)
            ? $$"""{"image_id":"{{image}}","os":"Linux","schema_version":1}"""
            : image;
    }
}
