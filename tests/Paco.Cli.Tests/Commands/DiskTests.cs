namespace Paco.Cli.Tests.Commands;

/// <summary>Volumes and file systems through their lives: made, changed, renamed, switched off, taken out.</summary>
public sealed class DiskTests
{
    private const string Environment = "netenv.mynet.dev";
    private const string Place = "          instance:\n            type: ASG\n            title: \"Bastion instance\"\n";
    private const string Resources = "netenv.mynet.dev.us-west-2.applications.app.groups.bastion.resources";
    private const string On = "type: EFS\n            enabled: true\n";
    private const string VolumeStack = "NE-mynet-dev-App-app-bastion-disk-EBS";
    private const string FilesStack = "NE-mynet-dev-App-app-bastion-files-EFS";

    private const string Disk = """
                  disk:
                    type: EBS
                    enabled: true
                    availability_zone: 1
                    size_gib: 20

        """;

    private const string Files = """
                  files:
                    type: EFS
                    enabled: true
                    segment: private
                    security_groups:
                      - paco.ref netenv.mynet.network.vpc.security_groups.bastion.instance

        """;

    [Fact]
    public async Task A_volume_is_made_in_the_zone_of_the_subnets_and_changes_in_place()
    {
        using var project = await With(Disk);
        await using (var cloud = new Sandbox(project.Home))
        {
            var made = await cloud.In("dev", VolumeStack, "EBS", "AWS::EC2::Volume");
            Assert.Equal(("us-west-2a", "gp2", "20"), (made.Text("AvailabilityZone"), made.Text("VolumeType"), made.Text("Size")));
        }
        var id = await IdOf(project, VolumeStack, "EBS");
        project.Edit(Starter.Netenv, "size_gib: 20\n", "size_gib: 30\n            volume_type: gp3\n            iops: 4000\n");

        var ran = await project.Provision(Environment);

        Assert.DoesNotContain("replaced", ran.Out, StringComparison.Ordinal);
        Assert.Equal(id, await IdOf(project, VolumeStack, "EBS"));
    }

    [Theory]
    [InlineData("size_gib: 20", "size_gib: 10", "AWS refuses to change Size of EBS (20 → 10, netenv/mynet.yaml:", "volumes only grow")]
    [InlineData("availability_zone: 1\n            size_gib", "availability_zone: 2\n            size_gib",
        "AWS refuses to change AvailabilityZone of EBS (us-west-2a → us-west-2b", "make a snapshot")]
    [InlineData("size_gib: 20", "size_gib: 20\n            encrypted: true", "AWS refuses to change Encrypted of EBS", "make a snapshot")]
    public async Task What_AWS_never_changes_of_a_volume_is_refused_before_anything_is_begun(string old, string now, string reason,
        string way)
    {
        using var project = await With(Disk);
        project.Edit(Starter.Netenv, old, now);

        var plan = (await project.Run("plan", Environment, "--sandbox")).Fails();

        Assert.Contains(reason, Flat(plan.Out), StringComparison.Ordinal);
        Assert.Contains($": {way}", Flat(plan.Out), StringComparison.Ordinal);
        Assert.Contains("Nothing can be done before", plan.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_volume_that_is_switched_off_stays_and_one_that_is_renamed_or_taken_out_is_let_go_of_when_permitted()
    {
        using var project = await With(Disk);
        project.Edit(Starter.Netenv, "type: EBS\n            enabled: true", "type: EBS\n            enabled: false");
        (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Success);
        project.Edit(Starter.Netenv, "type: EBS\n            enabled: false", "type: EBS\n            enabled: true");
        project.Edit(Starter.Netenv, "          disk:\n", "          volume:\n");

        var renamed = await project.Provision(Environment);
        project.Edit(Starter.Netenv, Disk.Replace("disk:", "volume:", StringComparison.Ordinal), "");
        var refused = (await project.Run("provision", Environment, "--sandbox", "--yes", "--prune")).Fails();
        (await project.Run("provision", Environment, "--sandbox", "--yes", "--prune", "--allow-destroy", $"{Resources}.disk",
            "--allow-destroy", $"{Resources}.volume")).Succeeds();

        Assert.Contains(VolumeStack, renamed.Out, StringComparison.Ordinal);
        Assert.Contains("of which only a snapshot would stay", Flat(refused.Out), StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await cloud.All("dev", "AWS::EC2::Volume"));
    }

    [Fact]
    public async Task A_file_system_is_emptied_or_replaced_only_where_that_is_permitted()
    {
        using var project = await With(Files);
        await using (var cloud = new Sandbox(project.Home))
        {
            Assert.Equal(["EFS", "EFSMountTargetAZ1", "EFSMountTargetAZ2", "EFSMountTargetAZ3"],
                (await cloud.ResourcesOf("dev", FilesStack)).Keys.Order());
        }
        var id = await IdOf(project, FilesStack, "EFS");
        project.Edit(Starter.Netenv, "type: EFS\n", "type: EFS\n            throughput_mode: elastic\n");
        await project.Provision(Environment);
        Assert.Equal(id, await IdOf(project, FilesStack, "EFS"));

        project.Edit(Starter.Netenv, "throughput_mode: elastic\n", "encrypted: false\n");
        var replaced = (await project.Run("provision", Environment, "--sandbox", "--yes")).Fails();
        project.Edit(Starter.Netenv, "            encrypted: false\n", "");
        project.Edit(Starter.Netenv, "type: EFS\n            enabled: true", "type: EFS\n            enabled: false");
        var emptied = (await project.Run("provision", Environment, "--sandbox", "--yes")).Fails();
        (await project.Run("provision", Environment, "--sandbox", "--yes", "--allow-destroy", $"{Resources}.files")).Succeeds();

        Assert.All([replaced, emptied], ran => Assert.Contains("would lose the files", Flat(ran.Out), StringComparison.Ordinal));
        await using var after = new Sandbox(project.Home);
        Assert.Empty(await after.All("dev", "AWS::EFS::FileSystem"));
    }

    [Fact]
    public async Task A_file_system_moves_to_another_segment_in_two_runs()
    {
        using var project = await With(Files);
        var id = await IdOf(project, FilesStack, "EFS");
        project.Edit(Starter.Netenv, $"{On}            segment: private\n", $"{On}            segment: public\n");
        var refused = (await project.Run("plan", Environment, "--sandbox")).Fails();
        project.Edit(Starter.Netenv, $"{On}            segment: public\n", On);
        await project.Provision(Environment);
        project.Edit(Starter.Netenv, On, $"{On}            segment: public\n");
        await project.Provision(Environment);

        Assert.Contains("take the segment out in a run of its own", Flat(refused.Out), StringComparison.Ordinal);
        Assert.Equal(id, await IdOf(project, FilesStack, "EFS"));
    }

    private static async Task<ProjectFolder> With(string resource)
    {
        var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, Place, resource + Place);
        await project.Provision(Environment);
        return project;
    }

    private static async Task<string> IdOf(ProjectFolder project, string stack, string logicalId)
    {
        await using var cloud = new Sandbox(project.Home);
        return (await cloud.ResourcesOf("dev", stack))[logicalId];
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
