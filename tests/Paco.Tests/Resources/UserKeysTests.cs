using Paco.Clouds;
using Paco.Resources.Users;

namespace Paco.Tests.Resources;

public sealed class UserKeysTests
{
    [Fact]
    public void Keys_nobody_described_have_the_numbers_of_their_order_as_with_Paco_9()
    {
        Assert.Equal(["A=1 v?", "B=2 v?"], Read(["A", "B"]));
        Assert.Equal(["B=1 v?"], Read(["B"]));
    }

    [Fact]
    public void A_description_says_number_and_version_whatever_the_order()
    {
        Assert.Equal(["B=1 v3", "A=2 v7"], Read(["A", "B"], ("A", "Paco key 2 version 7"), ("B", "Paco key 1 version 3")));
        Assert.Equal(["A=1 v?", "B=2 v?"], Read(["A", "B"], ("A", "my laptop"), ("B", "Paco key 3 version 1")));
    }

    [Fact]
    public void A_key_without_description_is_the_one_that_was_begun()
    {
        Assert.Equal(["B=1 v2 unclaimed", "A=2 v1"],
            Read(["A", "B"], ("A", "Paco key 2 version 1"), ("Paco-Access-Key-1", "unclaimed version 2")));
        Assert.Equal(["A=1 v?", "B=2 v4 unclaimed"], Read(["A", "B"], ("Paco-Access-Key-2", "unclaimed version 4")));
    }

    [Fact]
    public void One_that_was_begun_and_is_described_is_somebodys()
    {
        Assert.Equal(["A=1 v2"], Read(["A"], ("A", "Paco key 1 version 2"), ("Paco-Access-Key-1", "unclaimed version 2")));
    }

    [Fact]
    public void Of_two_that_claim_one_number_the_older_has_it()
    {
        Assert.Equal(["A=1 v1", "B=2 v?"], Read(["A", "B"], ("A", "Paco key 1 version 1"), ("B", "Paco key 1 version 1")));
    }

    [Fact]
    public void What_a_file_holds_of_a_key_AWSs_own_tools_read()
    {
        var text = AccessKeyFile.Text("jane", new NewAccessKey("AKIA1", new("s/e+c")));
        Assert.Equal("[jane]\naws_access_key_id = AKIA1\naws_secret_access_key = s/e+c\n", text);
        Assert.Equal("AKIA1", AccessKeyFile.IdIn(text));
        Assert.Null(AccessKeyFile.IdIn("something else"));
    }

    // In the order IAM made them; a line a key.
    private static IEnumerable<string> Read(string[] ids, params (string Key, string Value)[] tags) =>
        UserKeys.Of(ids.Select((id, i) => new AccessKey(id, true, DateTimeOffset.UnixEpoch.AddDays(i))),
                tags.ToDictionary(t => t.Key, t => t.Value))
            .Select(k => $"{k.Id}={k.Slot} v{k.Version?.ToString() ?? "?"}{(k.IsUnclaimed ? " unclaimed" : "")}");
}
