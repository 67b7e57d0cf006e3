using System.Text;

namespace Paco.Starters.Tests;

public class CheckTests
{
    [Theory]
    [InlineData("app", true)]
    [InlineData("App2", true)]
    [InlineData("my-app", true)]
    [InlineData("my_app-2", true)]
    [InlineData("", false)]
    [InlineData("2app", false)]
    [InlineData("-app", false)]
    [InlineData("app-", false)]
    [InlineData("app_", false)]
    [InlineData("a--b", false)]
    [InlineData("a_-b", false)]
    [InlineData("a b", false)]
    [InlineData("a.b", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    [InlineData("äpp", false)]
    [InlineData("app\n", false)]
    [InlineData("{{x}}", false)]
    [InlineData("seventeen-letters", false)]
    public void A_name_has_letters_and_digits_with_single_joints(string name, bool fine) => Expect(fine, "application_name", name);

    [Theory]
    [InlineData("application_name", "default")]
    [InlineData("application_name", "bastion")]
    [InlineData("network_environment_name", "Default")]
    [InlineData("network_environment_name", "applications")]
    [InlineData("network_environment_name", "no")]
    [InlineData("dev_account", "null")]
    [InlineData("dev_account", "True")]
    public void Some_names_are_taken(string key, string name) => Expect(false, key, name);

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("a-b.co.uk", true)]
    [InlineData("1.example", true)]
    [InlineData("xn--bcher-kva.xn--p1ai", true)]
    [InlineData("example", false)]
    [InlineData("example.c", false)]
    [InlineData("example.123", false)]
    [InlineData("1.e5", false)]
    [InlineData("-a.com", false)]
    [InlineData("a-.com", false)]
    [InlineData("a..com", false)]
    [InlineData("a_b.com", false)]
    [InlineData("https://example.com", false)]
    [InlineData("example.com/", false)]
    [InlineData("*.example.com", false)]
    [InlineData("bücher.example", false)]
    [InlineData("example.com\n", false)]
    [InlineData("a23456789-a23456789-a23456789-a23456789-a23456789-ab.com", true)]
    [InlineData("a23456789-a23456789-a23456789-a23456789-a23456789-abc.com", false)]
    public void A_domain_is_one_that_a_certificate_can_name(string domain, bool fine) => Expect(fine, "domain_name", domain);

    [Theory]
    [InlineData("root@example.com", true)]
    [InlineData("root+aws@mail.example.com", true)]
    [InlineData("o'brien@example.ie", true)]
    [InlineData("root", false)]
    [InlineData("@example.com", false)]
    [InlineData("root@example", false)]
    [InlineData("ro ot@example.com", false)]
    [InlineData("a@b@example.com", false)]
    [InlineData(".root@example.com", false)]
    [InlineData("ro..ot@example.com", false)]
    [InlineData("\"root\"@example.com", false)]
    [InlineData("a234567890a234567890a234567890a234567890a234567890abc@example.com", false)]
    public void An_address_has_a_mailbox_and_a_domain(string address, bool fine) => Expect(fine, "master_root_email", address);

    [Theory]
    [InlineData("123456789012", true)]
    [InlineData("000000000001", true)]
    [InlineData("12345678901", false)]
    [InlineData("1234567890123", false)]
    [InlineData("12345678901x", false)]
    [InlineData("١٢٣٤٥٦٧٨٩٠١٢", false)]
    public void An_account_id_has_twelve_digits(string id, bool fine) => Expect(fine, "master_account_id", id);

    [Theory]
    [InlineData("us-west-2", true)]
    [InlineData("eu-south-2", true)]
    [InlineData("ap-southeast-7", true)]
    [InlineData("mx-central-1", true)]
    [InlineData("us-gov-west-1", true)]
    [InlineData("us-west-3", false)]
    [InlineData("us-west-2a", false)]
    public void A_region_is_one_of_AWS(string region, bool fine) => Expect(fine, "aws_default_region", region);

    [Fact]
    public void A_mistyped_region_gets_a_suggestion() =>
        Assert.Equal("\"eu-wst-1\" is not an AWS region. Did you mean eu-west-1?", Ask("aws_default_region").Check("eu-wst-1"));

    [Theory]
    [InlineData("Shop: \"the\" #1 {{new}} & more — ünïcode 🛒", true)]
    [InlineData("two\nlines", false)]
    [InlineData("tab\there", false)]
    [InlineData("bell\u0007", false)]
    [InlineData("line\u2028separator", false)]
    [InlineData("\ufeffmark", false)]
    [InlineData("half a pair \ud83d", false)]
    public void A_title_is_one_line_that_can_be_seen(string title, bool fine) => Expect(fine, "project_title", title);

    [Fact]
    public void A_key_is_taken_with_and_without_its_type_and_comment()
    {
        var body = KeyBody("ssh-rsa");
        foreach (var form in new[] { body, $"ssh-rsa {body}", $"ssh-rsa {body} me@here", $"{body} me@here" })
        {
            var completion = NewProject.Complete(("admin_ssh_public_key", form));
            Assert.Equal($"ssh-rsa {body}", completion.Answers?["admin_ssh_public_key"]);
        }
    }

    [Fact]
    public void A_key_is_checked_down_to_the_type_in_its_body()
    {
        Expect(false, "admin_ssh_public_key", "ssh-rsa");
        Expect(false, "admin_ssh_public_key", "AAAA");
        Expect(false, "admin_ssh_public_key", "ssh-rsa not-base64!");
        Expect(false, "admin_ssh_public_key", $"ssh-rsa {KeyBody("ssh-ed25519")}");
        Expect(false, "admin_ssh_public_key", $"ssh-ed25519 {KeyBody("ssh-ed25519")}");
        Expect(false, "admin_ssh_public_key", $"ssh-dss {KeyBody("ssh-dss")}");
        Expect(false, "admin_ssh_public_key", "-----BEGIN OPENSSH PRIVATE KEY-----");
    }

    private static string KeyBody(string type) =>
        Convert.ToBase64String([0, 0, 0, (byte)type.Length, .. Encoding.ASCII.GetBytes(type), 0, 0, 0, 4, 1, 2, 3, 4]);

    private static Question Ask(string key) => NewProject.Starter.Questions.Single(question => question.Key == key);

    private static void Expect(bool fine, string key, string answer)
    {
        var wrong = Ask(key).Check(answer);
        Assert.Equal(fine, wrong is null);
        Assert.True(fine || wrong!.EndsWith('.') || wrong.EndsWith('?'), wrong);
    }
}
