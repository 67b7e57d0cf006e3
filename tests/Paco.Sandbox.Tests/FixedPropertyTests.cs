namespace Paco.Sandbox.Tests;

/// <summary>What AWS never changes of a resource, and what it only lets grow.</summary>
public sealed class FixedPropertyTests
{
    private const string Volume =
        "Resources: {V: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: us-west-2a, Size: 10, VolumeType: gp2}}}";

    [Theory]
    [InlineData("us-west-2a", "us-west-2b", "Property AvailabilityZone of vol-")]
    // aws-cli#4216.
    [InlineData("Size: 10", "Size: 9", "New size cannot be smaller than existing size")]
    [InlineData("Size: 10", "Size: 10, SnapshotId: snap-1", "Property SnapshotId of vol-")]
    [InlineData("Size: 10", "Size: 10, Encrypted: true", "Property Encrypted of vol-")]
    public async Task A_volume_stays_where_and_what_it_is(string old, string now, string words)
    {
        await using var bench = new Bench();
        await bench.Create("s", Volume);

        await bench.Update("s", Volume.Replace(old, now, StringComparison.Ordinal));

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("s"));
        Assert.Contains(words, string.Join('\n', await bench.Events("s")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_volume_grows_and_changes_its_type_in_place()
    {
        await using var bench = new Bench();
        await bench.Create("s", Volume);

        await bench.Update("s", Volume.Replace("Size: 10, VolumeType: gp2", "Size: 20, VolumeType: gp3", StringComparison.Ordinal));

        Assert.Equal("UPDATE_COMPLETE", await bench.Status("s"));
    }
}
