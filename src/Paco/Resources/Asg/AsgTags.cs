using Paco.Binding;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>
/// Tags and parameters that tell instances about things they attach and mount; the hash is of the reference as it is written in full.
/// </summary>
internal static class AsgTags
{
    public static string Efs(EfsFolder mount) => $"efs-id-{Hash(mount.Target!)}";

    public static string EfsParameter(EfsFolder mount) => $"EFSId{Hash(mount.Target!)}";

    public static string Ebs(EbsVolumeMount mount) => $"ebs-volume-id-{Hash(mount.Volume!)}";

    public static string EbsParameter(EbsVolumeMount mount) => $"EBSVolumeId{Hash(mount.Volume!)}";

    public static string Ecr(Ref repository) => $"ecr-uri-{Names.Md5(repository.Text)}";

    public static string EcrParameter(Ref repository) => $"ECRUri{Names.Md5(repository.Text)}";

    private static string Hash(RefOrText target) => Names.Md5(target.Ref?.Text ?? target.Text ?? "");
}
