namespace Paco.Starters.Tests;

public class AccountTests
{
    [Fact]
    public void Each_account_has_a_file_with_an_address_of_its_own()
    {
        var project = NewProject.With(("master_root_email", "root@shop.test"));

        Assert.Equal(["dev", "staging", "prod", "tools"], project.List("accounts/master.yaml", "organization_account_ids"));
        Assert.Equal("Paco-Admin-Delegate-Role", project.Scalar("accounts/master.yaml", "admin_delegate_role_name"));
        Assert.Equal("root+dev@shop.test", project.Scalar("accounts/dev.yaml", "root_email"));
        Assert.Equal("Production account", project.Scalar("accounts/prod.yaml", "title"));
        Assert.Equal("AWS", project.Scalar("accounts/tools.yaml", "account_type"));
    }

    [Fact]
    public void An_address_that_has_a_plus_already_gets_no_second_one() =>
        Assert.Equal(
            "root+aws-dev@shop.test",
            NewProject.With(("master_root_email", "root+aws@shop.test")).Scalar("accounts/dev.yaml", "root_email"));

    [Fact]
    public void An_account_that_exists_has_its_id_and_a_new_one_has_none()
    {
        var project = NewProject.With(("tools_account_id", "222222222222"));

        Assert.Equal("222222222222", project.Scalar("accounts/tools.yaml", "account_id"));
        Assert.False(project.Has("accounts/dev.yaml", "/account_id"));
    }

    [Fact]
    public void Two_environments_may_share_an_account()
    {
        var project = NewProject.With(("dev_account", "devstage"), ("staging_account", "devstage"), ("staging_account_id", "222222222222"));

        Assert.Equal(["devstage", "prod", "tools"], project.List("accounts/master.yaml", "organization_account_ids"));
        Assert.Equal("Development and staging account", project.Scalar("accounts/devstage.yaml", "title"));
        Assert.Equal("222222222222", project.Scalar("accounts/devstage.yaml", "account_id"));
    }

    [Fact]
    public void One_account_for_everything_is_one_file()
    {
        var project = NewProject.With(
            ("dev_account", "all"), ("staging_account", "all"), ("prod_account", "all"), ("tools_account", "all"));

        Assert.Equal(["accounts/all.yaml", "accounts/master.yaml"], AccountFiles(project));
        Assert.Equal(["all"], project.List("accounts/master.yaml", "organization_account_ids"));
        Assert.Equal("Development, staging, production and tools account", project.Scalar("accounts/all.yaml", "title"));
        Assert.Equal(3, project.Keys("resource/ec2.yaml", "keypairs").Length);
    }

    [Fact]
    public void The_master_account_can_be_all_there_is_and_is_never_one_to_create()
    {
        var project = NewProject.With(
            ("dev_account", "master"), ("staging_account", "master"), ("prod_account", "master"), ("tools_account", "master"));

        Assert.Equal(["accounts/master.yaml"], AccountFiles(project));
        Assert.Empty(project.List("accounts/master.yaml", "organization_account_ids"));
    }

    private static string[] AccountFiles(NewProject project) =>
        [.. project.Files.Select(file => file.Path).Where(path => path.StartsWith("accounts/", StringComparison.Ordinal))];
}
