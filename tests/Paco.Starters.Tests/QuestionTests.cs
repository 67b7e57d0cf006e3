namespace Paco.Starters.Tests;

public class QuestionTests
{
    [Theory]
    [InlineData("managed-webapp-cicd")]
    [InlineData("Managed-WebApp-CICD")]
    [InlineData("1")]
    public void A_starter_is_found_by_its_name_or_its_number(string nameOrNumber) =>
        Assert.Equal("managed-webapp-cicd", StarterCatalog.Find(nameOrNumber)?.Id);

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    [InlineData("")]
    [InlineData("managed")]
    public void There_is_no_other_starter(string nameOrNumber) => Assert.Null(StarterCatalog.Find(nameOrNumber));

    [Fact]
    public void A_user_is_asked_in_this_order() =>
        Assert.Equal(
            [
                "project_title", "domain_name", "admin_username", "admin_email", "dev_account", "staging_account", "prod_account",
                "tools_account", "network_environment_name", "network_environment_title", "application_name", "application_title",
                "aws_default_region", "master_account_id", "master_root_email",
            ],
            NewProject.Starter.Questions.Where(question => question.Kind == QuestionKind.Asked).Select(question => question.Key));

    [Fact]
    public void Branches_are_offered_with_those_of_the_usual_names()
    {
        Assert.Equal(["dev_branch", "staging_branch", "prod_branch"],
            NewProject.Starter.Questions.Where(question => question.Kind == QuestionKind.Offered).Select(question => question.Key));
        Assert.Equal("master", NewProject.Complete().Answers!["dev_branch"]);
        Assert.Equal("main", NewProject.Complete(("dev_branch", "main")).Answers!["dev_branch"]);
    }

    [Theory]
    [InlineData("release/1.0", true)]
    [InlineData("a..b", false)]
    [InlineData("/main", false)]
    [InlineData("main/", false)]
    [InlineData("feature#1", false)]
    [InlineData("heads.lock", false)]
    public void A_branch_is_one_that_git_has(string name, bool isOne) => Assert.Equal(isOne, Ask("dev_branch").Check(name) is null);

    [Fact]
    public void What_may_be_left_out_is_not_asked() =>
        Assert.Equal(
            [
                "admin_ssh_public_key",
                "dev_account_id", "staging_account_id", "prod_account_id", "tools_account_id",
            ],
            NewProject.Starter.Questions.Where(question => question.Kind == QuestionKind.Optional).Select(question => question.Key));

    [Theory]
    [InlineData("project_title", "My Web App")]
    [InlineData("dev_account", "dev")]
    [InlineData("network_environment_name", "mynet")]
    [InlineData("aws_default_region", "us-west-2")]
    public void An_empty_reply_means_the_default(string key, string expected) =>
        Assert.Equal(expected, Ask(key).DefaultFor("my-web_app", Answers.Empty));

    [Theory]
    [InlineData("domain_name")]
    [InlineData("master_account_id")]
    [InlineData("master_root_email")]
    public void Nobody_gets_an_invented_domain_account_or_address_by_pressing_return(string key)
    {
        Assert.Null(Ask(key).DefaultFor("my-web-app", Answers.Empty));
        Assert.NotNull(Ask(key).SampleFor("my-web-app", Answers.Empty));
    }

    [Fact]
    public void A_title_follows_the_name_answered_before_it() =>
        Assert.Equal(
            "Shop Net",
            Ask("network_environment_title").DefaultFor("p", Answers.Empty.With("network_environment_name", "shop-net")));

    [Fact]
    public void Every_default_and_every_sample_passes_its_own_check()
    {
        var answers = Answers.Empty;
        foreach (var question in NewProject.Starter.Questions)
        {
            if (question.SampleFor("p", answers) is { } sample)
            {
                Assert.Null(question.Check(sample));
                answers = answers.With(question.Key, sample);
            }
        }
    }

    [Fact]
    public void Every_question_helps_with_an_example() =>
        Assert.All(NewProject.Starter.Questions, question => Assert.EndsWith(".", question.Help, StringComparison.Ordinal));

    private static Question Ask(string key) => NewProject.Starter.Questions.Single(question => question.Key == key);
}
