using Paco.Clouds;
using Paco.Resources.Acm;
using Paco.Stacks;

namespace Paco.Tests.Resources.Acm;

/// <summary>Validation records that go before their zone does.</summary>
public sealed class LeftValidationRecordsTests
{
    private static readonly DnsRecord One = new("_a.dev.example.com", "CNAME", 300, ["_b.acm-validations.aws."]);
    private static readonly DnsRecord Other = new("_a.www.example.com", "CNAME", 60, ["_c.acm-validations.aws"]);
    private static readonly DnsRecord Later = new("_a.new.example.com", "CNAME", 300, ["_d.acm-validations.aws"]);

    private static readonly LeftValidationRecords Action = new("Z1", [One, Other])
    {
        Id = new NodeId(new Place("prod", "us-west-2"), "ValidationRecords-Z1"),
        Ref = "resource.route53.public",
        Title = "validation records left in example.com",
    };

    private readonly SmallCloud _cloud = new();

    [Fact]
    public async Task Those_that_the_plan_shows_are_deleted_and_no_other()
    {
        _cloud.Zone = [One, Later, Other];
        await Action.Delete(_cloud, default);
        Assert.Equal([Later.Name], _cloud.Zone.Select(r => r.Name));
    }

    [Fact]
    public async Task What_is_gone_already_is_no_error()
    {
        _cloud.Zone = [Other];
        await Action.Delete(_cloud, default);
        Assert.Empty(_cloud.Zone);
        await Action.Delete(_cloud, default);
        Assert.Equal(["DeleteRecord _a.www.example.com in Z1 of prod"], _cloud.Calls);
    }

    [Fact]
    public async Task A_deletion_whose_answer_was_lost_and_that_is_refused_when_it_is_repeated_is_done()
    {
        _cloud.Zone = [One, Other];
        _cloud.AfterDeletion = _ => throw new CloudException(CloudErrorKind.Refused, "InvalidChangeBatch", "it was not found", "");
        await Action.Delete(_cloud, default);
        Assert.Empty(_cloud.Zone);
    }

    [Theory]
    [InlineData("_a.example.com", "CNAME", "_b.acm-validations.aws.", true)]
    [InlineData("_a.example.com", "CNAME", "_b.jkddzztszm.acm-validations.AWS", true)]
    [InlineData("a.example.com", "CNAME", "_b.acm-validations.aws", false)]
    [InlineData("_a.example.com", "TXT", "_b.acm-validations.aws", false)]
    [InlineData("_a.example.com", "CNAME", "acm-validations.aws.example.com", false)]
    public void Only_what_is_such_as_ACM_asks_for_is_one(string name, string type, string value, bool isOne) =>
        Assert.Equal(isOne, LeftValidationRecords.IsOne(new DnsRecord(name, type, 300, [value])));
}
