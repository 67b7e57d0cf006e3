
namespace Paco.Sandbox;

/// <summary>What stays the same through a cloud's life: options, faults, the engine.</summary>
internal sealed class World(SandboxOptions options)
{
    public SandboxOptions Options { get; } = options;

    public FaultBook Faults { get; } = new(options.Faults);

    public Pace Pace => Options.Pace;

    /// <summary>Now, to the millisecond, which is all AWS and the file keep.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(Options.Time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The partition a region belongs to.</summary>
    public static string Partition(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ when region.StartsWith("eusc-", StringComparison.Ordinal) => "aws-eusc",
        _ => "aws",
    };

    /// <summary>The partition's domain.</summary>
    public static string UrlSuffix(string region) => Partition(region) switch
    {
        "aws-cn" => "amazonaws.com.cn",
        "aws-eusc" => "amazonaws.eu",
        _ => "amazonaws.com",
    };
}
