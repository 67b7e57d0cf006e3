using Paco.CloudFormation;
using Paco.CloudFormation.Authorization;

namespace Paco.Tests.CloudFormation.Authorization;

public sealed class AuthorizationTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("a", "", false)]
    [InlineData("*", "", true)]
    [InlineData("get*", "getobject", true)]
    [InlineData("get*", "putobject", false)]
    [InlineData("?et*", "get*", true)]
    [InlineData("*object", "get*", true)]
    [InlineData("*a", "*b", false)]
    [InlineData("shop/*", "+", false)]
    [InlineData("shop*", "+", true)]
    [InlineData("shop/*", "+/*", true)]
    [InlineData("*", "+/*", true)]
    public void Two_patterns_meet_where_a_text_fits_both(string one, string other, bool meet)
    {
        Assert.Equal(meet, Glob.Meet(one, other));
        Assert.Equal(meet, Glob.Meet(other, one));
    }

    [Fact]
    public void What_stands_for_a_part_of_an_ARN_does_not_reach_into_the_next()
    {
        Assert.False(ArnText.Meet("arn:aws:s3:::shop/*", "arn:*:s3:*:*:accesspoint/*"));
        Assert.True(ArnText.Meet("arn:aws:s3:us-west-2:*:access*", "arn:*:s3:*:*:accesspoint/*"));
        Assert.True(ArnText.Meet("arn:aws:s3*", "arn:*:s3:*:*:accesspoint/*"));
    }

    [Fact]
    public void Of_a_text_that_a_template_puts_together_the_known_parts_are_known()
    {
        Assert.Equal("arn:*:s3:::shop-*/*", ArnText.Of(Fn.Sub("arn:${AWS::Partition}:s3:::shop-${AWS::AccountId}/*")));
        Assert.Equal("arn:aws:iam::*:role/*", ArnText.Of(Fn.Sub("arn:aws:iam::${AWS::AccountId}:role/${!aws:username}")));
        Assert.Equal("*", ArnText.Of(Fn.GetAtt("Bucket", "Arn")));
    }

    [Fact]
    public void Every_service_can_be_read_and_has_actions()
    {
        var reference = ServiceReference.Shared;
        Assert.All(reference.Services.Where(s => s != "aws").Select(s => reference.Find(s)!),
            service => Assert.NotEqual(service.IsGone, service.Actions.Count > 0));
        Assert.Contains("aws:SourceArn", reference.Find("aws")!.Keys);
    }

    [Fact]
    public void Every_action_is_found_by_its_name_in_whatever_case_and_nothing_beside_it()
    {
        var reference = ServiceReference.Shared;
        foreach (var actions in reference.Services.Select(s => reference.Find(s)!.Actions))
        {
            Assert.All(actions.Names, name => Assert.Equal((name, name), (actions[name.ToUpperInvariant()]?.Name, actions[name]?.Name)));
            Assert.All(actions.Names, name => Assert.Null(actions[$"{name}-"]));
            Assert.Null(actions[""]);
        }
    }

    [Theory]
    [InlineData("get*POLICY", "GetBucketPolicy")]
    [InlineData("GetObject", "GetObject")]
    [InlineData("?etObjectAcl", "GetObjectAcl")]
    [InlineData("xyz*", null)]
    public void A_pattern_stands_for_the_actions_that_fit_it(string pattern, string? one)
    {
        var actions = ServiceReference.Shared.Find("s3")!.Actions;
        var fitting = actions.Fitting(pattern).Select(action => action.Name).ToList();
        Assert.Equal(actions.Names.Where(name => Glob.Meet(pattern.ToLowerInvariant(), name.ToLowerInvariant())), fitting);
        Assert.True(one is null ? fitting.Count == 0 : fitting.Contains(one));
    }
}
