using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Resources.Asg;

/// <summary>What the volumes and file systems of a group and its servers must agree on.</summary>
internal static class AsgMounts
{
    private const int Nfs = 2049;

    public static readonly DiagnosticCode OtherZone = new("PACO3097", Severity.Error, "a volume in another zone than its server",
        "A volume stays in its availability zone, and only a server there can have it. Let the ASG and the volume say the same `availability_zone`.");

    public static readonly DiagnosticCode Unreachable = new("PACO3098", Severity.Warning, "a file system its servers cannot reach",
        "Servers mount a file system through port 2049 of its mount targets. Its security groups must let that in from one of the ASG's security groups or from its segment, and it must have mount targets: a `segment`.");

    /// <summary>What the group's own fields say.</summary>
    public static void Check(Asg asg, Fields f)
    {
        var taken = new List<string>(asg.BlockDeviceMappings.Select(m => m.DeviceName));
        foreach (var mount in asg.ActiveEbsMounts)
        {
            Once(f, taken, mount.Device, mount.PlaceOf("device"), $"two volumes would be attached as {mount.Device}",
                "give each a device of its own");
        }
        var volumes = new List<string>();
        foreach (var mount in asg.ActiveEbsMounts.Where(m => m.Volume is not null))
        {
            Once(f, volumes, mount.Volume!.Ref?.Path.Text ?? mount.Volume.Text!, mount.PlaceOf("volume"),
                "the same volume would be mounted twice", "remove one of the mounts");
        }
        var folders = new List<string>();
        foreach (var (folder, place) in asg.ActiveEbsMounts.Select(m => (m.Folder, m.PlaceOf("folder")))
            .Concat(asg.ActiveEfsMounts.Select(m => (m.Folder, m.PlaceOf("folder")))))
        {
            Once(f, folders, folder.TrimEnd('/'), place, $"two mounts would be in {folder}: the second hides the first",
                "give each a folder of its own");
        }
        if (asg.ActiveEbsMounts.Any() && asg.MaxInstances > 1)
        {
            f.Report(BindingCodes.UnusualValue, f.Place("ebs_volume_mounts"),
                $"one volume for up to {asg.MaxInstances.Value} instances: only the first can have it", "set max_instances to 1");
        }
    }

    private static void Once(Fields f, List<string> taken, string what, Location place, string message, string hint)
    {
        if (taken.Contains(what))
            f.Report(BindingCodes.BrokenRule, place, message, hint);
        taken.Add(what);
    }

    /// <summary>What other objects say.</summary>
    public static void CheckOthers(Asg asg, BuildScope scope)
    {
        if (!asg.IsEnabled || scope.Environment is not { } environment)
            return;
        foreach (var mount in asg.ActiveEbsMounts)
        {
            if (scope.Build.Index.Find<IVolume>(mount.Volume?.Ref) is { } volume)
                CheckZone(asg, scope, environment, mount, volume);
        }
        foreach (var mount in asg.ActiveEfsMounts)
        {
            if (scope.Build.Index.Find<IFileSystem>(mount.Target?.Ref) is { } files)
                CheckReach(asg, scope, environment, mount, files);
        }
    }

    private static void CheckZone(Asg asg, BuildScope scope, EnvironmentRegion environment, EbsVolumeMount mount, IVolume volume)
    {
        var name = mount.Volume!.Ref!.Path.Last;
        var related = new RelatedPlace(volume.ZonePlace, "the volume's zone");
        if (int.TryParse(asg.AvailabilityZone, out var zone) && zone != volume.Zone)
        {
            scope.Build.Bag.Add(OtherZone, asg.ZonePlace,
                $"the servers are in availability zone {zone}, and the volume {name} they mount is in zone {volume.Zone}",
                $"availability_zone: \"{volume.Zone}\"", related, asg.Path);
        }
        else if (asg.AvailabilityZone == "all" && environment.AvailabilityZones > 1)
        {
            scope.Build.Bag.Add(OtherZone, mount.Volume.Location,
                $"the servers may be in any of {environment.AvailabilityZones} availability zones, and the volume {name} is in zone {volume.Zone}",
                $"availability_zone: \"{volume.Zone}\" at the ASG", related, asg.Path);
        }
    }

    private static void CheckReach(Asg asg, BuildScope scope, EnvironmentRegion environment, EfsFolder mount, IFileSystem files)
    {
        var name = mount.Target!.Ref!.Path.Last;
        if (!files.HasMountTargets)
        {
            scope.Build.Bag.Add(Unreachable, mount.Target.Location, $"the file system {name} has no mount targets: nothing can mount it",
                "give it a segment", subject: asg.Path);
            return;
        }
        var doors = files.SecurityGroups.Select(g => scope.Build.Index.Find<ISecurityGroup>(g)).ToList();
        if (doors.Count == 0 || doors.Contains(null))
            return;
        ObjectPath[] servers = [.. asg.SecurityGroups.Select(g => g.Path)];
        var ranges = (scope.Build.Index.Find(SegmentOf(asg, environment)) as ISegment)?.Cidrs ?? [];
        if (!doors.Any(door => door!.LetsIn(Nfs, servers, ranges)))
        {
            scope.Build.Bag.Add(Unreachable, mount.Target.Location,
                $"no security group of the file system {name} lets port {Nfs} in from a security group of these servers",
                "add an ingress rule to it: protocol: tcp, port: 2049, source_security_group: the servers' group",
                new RelatedPlace(files.SecurityGroupsPlace, "its security groups"), asg.Path);
        }
    }

    private static ObjectPath SegmentOf(Asg asg, EnvironmentRegion environment) =>
        asg.Segment is { } segment ? segment.Ref?.Path ?? environment.SegmentPath(segment.Text!) : default;
}
