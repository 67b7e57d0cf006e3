namespace Paco.Starters.Tests;

public class CompletionTests
{
    [Fact]
    public void Defaults_answer_everything_but_the_bucket_hash()
    {
        var completion = NewProject.Starter.Complete("my-project", Answers.Empty, useDefaults: true);

        Assert.Equal("s3bucket_hash", Assert.Single(completion.Problems).Key);
    }

    [Fact]
    public void The_defaults_are_these()
    {
        var answers = NewProject.Complete().Answers!;

        Assert.Equal("My Project", answers["project_title"]);
        Assert.Equal("example.com", answers["domain_name"]);
        Assert.Equal("admin@example.com", answers["admin_email"]);
        Assert.Equal("staging", answers["staging_account"]);
        Assert.Equal("mynet", answers["network_environment_name"]);
        Assert.Equal("app", answers["application_name"]);
        Assert.Equal("us-west-2", answers["aws_default_region"]);
        Assert.Equal("111111111111", answers["master_account_id"]);
        Assert.Equal("root@example.com", answers["master_root_email"]);
    }

    [Fact]
    public void Without_defaults_every_missing_answer_is_named_at_once()
    {
        var completion = NewProject.Complete(false, ("domain_name", "example.com"), ("project_title", "  "));

        Assert.Null(completion.Answers);
        Assert.Equal(14, completion.Problems.Length);
        Assert.Contains(completion.Problems, problem => problem.Key == "project_title");
        Assert.DoesNotContain(completion.Problems, problem => problem.Key == "domain_name");
        Assert.DoesNotContain(completion.Problems, problem => problem.Key == "admin_ssh_public_key");
    }

    [Fact]
    public void Missing_wrong_and_unknown_answers_are_reported_together()
    {
        var completion = NewProject.Complete(false, ("domian_name", "example.com"), ("master_account_id", "12"));

        string Message(string key) => completion.Problems.Single(problem => problem.Key == key).Message;
        Assert.Equal("There is no question \"domian_name\". Did you mean domain_name?", Message("domian_name"));
        Assert.Contains("twelve digits", Message("master_account_id"), StringComparison.Ordinal);
        Assert.StartsWith("Domain name is missing.", Message("domain_name"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unlike_key_gets_the_list_of_questions() =>
        Assert.Contains(
            "project_title, domain_name",
            Assert.Single(NewProject.Complete(("colour", "red")).Problems).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Answers_are_brought_into_form()
    {
        var answers = NewProject.Complete(
            ("domain_name", " Example.COM. "), ("master_account_id", "1234-5678-9012"), ("aws_default_region", "EU-West-1")).Answers!;

        Assert.Equal("example.com", answers["domain_name"]);
        Assert.Equal("123456789012", answers["master_account_id"]);
        Assert.Equal("eu-west-1", answers["aws_default_region"]);
    }

    [Fact]
    public void Complete_answers_stay_complete_when_they_are_given_again()
    {
        var first = NewProject.Complete().Answers!;
        var again = NewProject.Starter.Complete("my-project", first, useDefaults: false);

        Assert.Equal(first.Entries, again.Answers?.Entries);
    }

    [Fact]
    public void Names_that_make_the_load_balancers_name_too_long_are_refused()
    {
        Assert.NotNull(NewProject.Complete(("network_environment_name", "tenletters"), ("application_name", "eightlet")).Answers);

        var tooLong = NewProject.Complete(("network_environment_name", "tenletters"), ("application_name", "nineleter"));
        var problem = Assert.Single(tooLong.Problems);
        Assert.Equal("application_name", problem.Key);
        Assert.Contains("19 characters together, 18 are allowed", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev", "Dev")]
    [InlineData("dev", "Master")]
    public void Account_names_that_differ_only_in_case_are_refused(string dev, string tools) =>
        Assert.Equal("tools_account", Assert.Single(NewProject.Complete(("dev_account", dev), ("tools_account", tools)).Problems).Key);

    [Fact]
    public void One_account_has_one_id()
    {
        var completion = NewProject.Complete(
            ("dev_account", "devstage"), ("staging_account", "devstage"),
            ("dev_account_id", "222222222222"), ("staging_account_id", "333333333333"));

        Assert.Equal("staging_account_id", Assert.Single(completion.Problems).Key);
        Assert.Equal(
            "dev_account_id",
            Assert.Single(NewProject.Complete(("dev_account", "master"), ("dev_account_id", "222222222222")).Problems).Key);
    }

    [Fact]
    public void An_address_that_grows_too_long_for_an_account_is_refused()
    {
        var root = $"{new string('a', 46)}@example.com";
        var problem = Assert.Single(NewProject.Complete(("master_root_email", root)).Problems);

        Assert.Equal("master_root_email", problem.Key);
        Assert.Contains("+staging@example.com", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bucket_hash_follows_from_the_bytes_drawn()
    {
        Assert.Equal("00zz10ab", BucketHash.From([0, 36, 35, 71, 1, 252, 10, 11]));
        Assert.NotNull(NewProject.Complete(("s3bucket_hash", BucketHash.From([255, 1, 2, 3, 4, 5, 6, 7]))).Answers);
        Assert.Null(NewProject.Complete(("s3bucket_hash", "ABCD1234")).Answers);
    }
}
