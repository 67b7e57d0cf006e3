using Paco.CloudFormation;

namespace Paco.Tests.CloudFormation.Types;

/// <summary>What a plan says of a key that goes. Source: KMS API Reference, ScheduleKeyDeletion: 7 to 30 days, 30 where none are given.</summary>
public sealed class KeyWaitTests
{
    [Theory]
    [InlineData(null, "unusable at once, gone for good after 30 days: until then it can be had back")]
    [InlineData("7", "unusable at once, gone for good after 7 days: until then it can be had back")]
    public void A_key_that_goes_says_its_days(string? days, string remark) =>
        Assert.Equal(remark, Key(ChangeKind.Delete, days).Remark);

    [Fact]
    public void A_key_that_stays_says_nothing()
    {
        Assert.Null(Key(ChangeKind.Update, "7").Remark);
        Assert.Null((Key(ChangeKind.Delete, "7") with { DeletionPolicy = "Retain" }).Remark);
    }

    private static ResourceChange Key(ChangeKind kind, string? days) => new("CMK", "AWS::KMS::Key", kind, [])
    {
        Before = days is null ? [] : new MapValue { ["PendingWindowInDays"] = days },
    };
}
