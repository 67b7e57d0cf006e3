using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>Where a build runs: its image and its machine, which have to fit each other.</summary>
public sealed class BuildEnvironment(Fields f)
{
    private const string ImageField = "codebuild_image";
    private const string ComputeField = "codebuild_compute_type";
    private const string PrivilegedField = "privileged_mode";

    public string MachineType { get; } = f.Text("environment_type", "The kind of machine a build runs on.", "LINUX_CONTAINER",
        Check.OneOf([.. BuildMachine.All.Select(m => m.Type)]));

    public string? ComputeType { get; } =
        f.Text(ComputeField, "How large the machine is; the smallest there is of its kind where not given.",
            Check.OneOf([.. BuildMachine.Sizes]));

    public string? Image { get; } = f.Text(ImageField,
        "The image a build runs in: one of AWS's (`aws/codebuild/…`) or any other that can be pulled; of a repository of your own with `ecr_repositories`. AWS's newest of the kind of machine where not given.",
        Check.Length(1, 255));

    public Given<bool> Privileged { get; } =
        f.Flag(PrivilegedField, "Run the Docker daemon inside: for builds that build images.", false);

    /// <summary>Builds run as functions, which have neither root nor a network of one's own, and end after 15 minutes.</summary>
    internal bool IsLambda => Machine?.IsLambda == true;

    // What is none was reported where it was read.
    private BuildMachine? Machine => BuildMachine.All.FirstOrDefault(m => m.Type == MachineType);

    internal void Rules(Fields f)
    {
        if (Machine is not { } machine)
            return;
        if (ComputeType is { } size && BuildMachine.Sizes.Contains(size) && !machine.Offered.Contains(size))
        {
            f.Report(PipelineCodes.NoSuchMachine, f.Place(ComputeField), $"CodeBuild has no {size} of the type {machine.Type}",
                $"one of {string.Join(", ", machine.Offered)}");
        }
        if (Image is null && machine.Image is null)
            f.Lacks(ImageField, $"a build on {machine.Type} needs a \"{ImageField}\": AWS has one a language");
        if (Privileged && !machine.RunsDocker)
            f.Broken(PrivilegedField, $"{machine.Type} runs no Docker daemon inside", $"take \"{PrivilegedField}\" out");
        if (Image is not null)
            CheckImage(f, Image, machine);
    }

    internal MapValue ToValue(IEnumerable<Value> variables) => new()
    {
        ["Type"] = MachineType,
        ["ComputeType"] = ComputeType ?? Machine?.Offered[0] ?? "",
        ["Image"] = Image ?? Machine?.Image ?? "",
        // AWS's own images CodeBuild pulls by itself; what else is pulled, the project's role must be let in to.
        ["ImagePullCredentialsType"] = Value.Of(Image is null || BuildImage.IsOfAws(Image) ? null : "SERVICE_ROLE"),
        ["PrivilegedMode"] = Privileged,
        ["EnvironmentVariables"] = Value.OfMany(variables),
    };

    private static void CheckImage(Fields f, string image, BuildMachine machine)
    {
        if (BuildImage.SuccessorOf(image) is { } successor)
        {
            f.Report(PipelineCodes.OldImage, f.Place(ImageField), $"AWS has given up the image {image}: it is no longer kept up, or gone",
                $"write {successor}, and try the build: its languages are newer");
        }
        if (BuildImage.IsOfAws(image) && BuildImage.IsArm(image) != machine.IsArm)
        {
            f.Report(PipelineCodes.NoSuchMachine, f.Place(ImageField), $"{image} does not run on {machine.Type}",
                machine.IsArm ? "take an image with aarch64 in its name" : "environment_type: ARM_CONTAINER, or another image");
        }
    }
}

/// <summary>
/// A kind of machine that CodeBuild has without a fleet of one's own, with the sizes of it, the smallest first. Source: CodeBuild User
/// Guide, "About on-demand environment types" and "Run builds on AWS Lambda compute"; API ProjectEnvironment.
/// </summary>
/// <param name="Image">AWS's newest image for it; null where there is not one for all builds.</param>
internal sealed record BuildMachine(string Type, string? Image, ImmutableArray<string> Offered)
{
    private static readonly ImmutableArray<string> General =
        ["BUILD_GENERAL1_SMALL", "BUILD_GENERAL1_MEDIUM", "BUILD_GENERAL1_LARGE", "BUILD_GENERAL1_XLARGE", "BUILD_GENERAL1_2XLARGE"];

    private static readonly ImmutableArray<string> Lambda =
        ["BUILD_LAMBDA_1GB", "BUILD_LAMBDA_2GB", "BUILD_LAMBDA_4GB", "BUILD_LAMBDA_8GB", "BUILD_LAMBDA_10GB"];

    /// <summary>All sizes there are of any kind.</summary>
    public static readonly ImmutableArray<string> Sizes = [.. General, .. Lambda];

    public static readonly ImmutableArray<BuildMachine> All =
    [
        new("LINUX_CONTAINER", BuildImage.Linux, General),
        new("ARM_CONTAINER", BuildImage.Arm, General),
        new("LINUX_GPU_CONTAINER", BuildImage.Linux, [General[0], General[2]]),
        new("WINDOWS_CONTAINER", null, [General[1], General[2]]),
        new("WINDOWS_SERVER_2019_CONTAINER", "aws/codebuild/windows-base:2019-3.0", [General[1], General[2]]),
        new("WINDOWS_SERVER_2022_CONTAINER", "aws/codebuild/windows-base:2022-1.0", [.. General.Skip(1)]),
        new("LINUX_LAMBDA_CONTAINER", null, Lambda),
        new("ARM_LAMBDA_CONTAINER", null, Lambda),
    ];

    public bool IsArm => Type.StartsWith("ARM_", StringComparison.Ordinal);

    public bool IsLambda => Offered[0] == Lambda[0];

    public bool RunsDocker => !IsLambda && !Type.StartsWith("WINDOWS_", StringComparison.Ordinal);
}

/// <summary>
/// What is known of AWS's own images. Source: CodeBuild User Guide, "EC2 compute images" and "Deprecated CodeBuild images".
/// </summary>
internal static class BuildImage
{
    public const string Linux = "aws/codebuild/amazonlinux-x86_64-standard:5.0";
    public const string Arm = "aws/codebuild/amazonlinux-aarch64-standard:3.0";

    private const string OfAws = "aws/codebuild/";
    private const string Ubuntu = "aws/codebuild/standard:7.0";

    private static readonly (string Begin, int Versions, string Successor)[] Old =
    [
        ("aws/codebuild/amazonlinux2-x86_64-standard:", 3, Linux),
        ("aws/codebuild/amazonlinux2-aarch64-standard:", 1, Arm),
        ("aws/codebuild/standard:", 4, Ubuntu),
    ];

    public static bool IsOfAws(string image) => image.StartsWith(OfAws, StringComparison.Ordinal);

    public static bool IsArm(string image) => image.Contains("aarch64", StringComparison.Ordinal);

    /// <summary>What to take instead of one that AWS no longer keeps up; null for every other.</summary>
    public static string? SuccessorOf(string image) => (
        from old in Old
        where image.StartsWith(old.Begin, StringComparison.Ordinal)
            && int.TryParse(image[old.Begin.Length..].Split('.')[0], out var version) && version >= 1 && version <= old.Versions
        select old.Successor).FirstOrDefault();
}
