using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Tests.Linking;

/// <summary>Several hundred stacks are checked in pieces, on as many cores as there are. Nobody can tell by what is said.</summary>
public sealed class ManyStacksTests
{
    private static readonly Place Here = new("dev", "us-west-2");

    private readonly DiagnosticBag _bag = new();
    private readonly BuildContext _build;

    public ManyStacksTests() => _build = new BuildContext("", _bag, new ObjectIndex());

    [Theory]
    [InlineData(3)]
    [InlineData(199)]
    [InlineData(200)]
    [InlineData(450)]
    public void What_is_wrong_is_told_in_the_order_of_the_stacks(int count)
    {
        for (var i = 0; i < count; i++)
            Bucket(i, new MapValue { ["Colour"] = "red" });

        Check();

        Assert.Equal(Enumerable.Range(0, count).Select(i => $"Bucket{i}"), Told());
    }

    [Fact]
    public void What_two_stacks_would_both_have_is_told_before_what_is_wrong_in_one()
    {
        for (var i = 0; i < 300; i++)
            Bucket(i, i is 7 or 222 ? new MapValue { ["BucketName"] = "news" } : new MapValue { ["Colour"] = "red" });

        Check();

        Assert.Equal(["Bucket222", "Bucket0", "Bucket1"], Told().Take(3));
    }

    [Fact]
    public void However_many_pieces_there_are_all_is_counted_and_a_thousand_shown()
    {
        for (var i = 0; i < 300; i++)
            Bucket(i, MapValue.Of(Enumerable.Range(0, 5), n => $"Colour{n}", _ => "red"));

        Check();

        Assert.Equal((DiagnosticBag.Limit, 1500), (_bag.ToSorted().Length, _bag.Count));
    }

    private void Bucket(int number, MapValue properties) =>
        _build.Stack(new NodeId(Here, $"stack{number}"), "netenv.mynet.dev", $"stack{number}", true, default)
            .Resource($"Bucket{number}", "AWS::S3::Bucket", properties);

    private void Check() => TemplateChecks.Check(_build.Stacks, null, _bag);

    // None has a place, so that they stay in the order they were found in.
    private IEnumerable<string> Told() => _bag.ToSorted().Select(d => d.Message.Split(' ')[0]);
}
