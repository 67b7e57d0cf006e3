using Paco.Tests.BadInput;

namespace Paco.Tests.Project;

/// <summary>Which role is tried first in an account, as Paco 9 did: the credentials file's, then the account's own.</summary>
public sealed class RoleOrderTests
{
    private const string File = ".credentials.yaml";

    [Fact]
    public void The_credentials_files_role_goes_before_the_accounts_own()
    {
        using var project = new BadProject().With(File,
            "aws_access_key_id: AKIA\naws_secret_access_key: s\nadmin_iam_role_name: Our-Admins\n");
        var read = project.Compile().Project!;
        Assert.All(read.Accounts,
            account => Assert.Equal($"Our-Admins {account.AdminDelegateRoleName}", string.Join(' ', read.RolesInto(account))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("aws_access_key_id: AKIA\naws_secret_access_key: s\n")]
    [InlineData("")]
    [InlineData("admin_iam_role_name:\n")]
    public void Without_one_it_is_the_accounts_alone(string? text)
    {
        using var project = new BadProject();
        if (text is not null)
            project.With(File, text);
        var compilation = project.Compile();
        Assert.All(compilation.Project!.Accounts,
            account => Assert.Equal(account.AdminDelegateRoleName, Assert.Single(compilation.Project!.RolesInto(account))));
        Assert.Empty(compilation.Diagnostics);
    }

    [Theory]
    [InlineData("aws_secret_access_key: \"S3CRET\nadmin_iam_role_name: x: y\n")]
    [InlineData("aws_secret_access_key: S3CRET\nadmin_iam_role_name: [S3CRET]\n")]
    [InlineData("admin_iam_role_name: arn:aws:iam::111122223333:role/S3CRET\n")]
    public void What_cannot_be_read_is_warned_of_without_a_word_of_the_file(string text)
    {
        using var project = new BadProject().With(File, text);
        var told = Assert.Single(project.Compile().Diagnostics);
        Assert.Equal("PACO3033", told.Code.Id);
        Assert.DoesNotContain("S3CRET", $"{told.Message} {told.Hint}", StringComparison.Ordinal);
        Assert.True(told.Location.IsNone);
    }

    [Theory]
    [InlineData("aws_access_key_id: AKIA\n", "has aws_access_key_id and no aws_secret_access_key")]
    [InlineData("aws_secret_access_key: S3CRET\n", "has aws_secret_access_key and no aws_access_key_id")]
    [InlineData("master_account_id: S3CRET\n", "master_account_id in .credentials.yaml is not an AWS account id of 12 digits")]
    [InlineData("mfa_session_expiry_secs: S3CRET\n", "mfa_session_expiry_secs in .credentials.yaml is not a number of seconds")]
    [InlineData("- S3CRET\n", "cannot be read as a YAML map")]
    public void Nobody_signs_in_with_a_file_that_is_not_whole(string text, string flaw)
    {
        using var project = new BadProject().With(File, text);
        var compilation = project.Compile();
        Assert.Contains(flaw, compilation.Project!.Credentials!.Flaw, StringComparison.Ordinal);
        Assert.Equal("PACO3033", Assert.Single(compilation.Diagnostics).Code.Id);
        Assert.DoesNotContain("S3CRET", compilation.Project!.Credentials!.Flaw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("60", 900, 900)]
    [InlineData("7200", 7200, 3600)]
    [InlineData("999999999", 129600, 3600)]
    public void Times_are_what_AWS_allows(string seconds, int mfa, int role)
    {
        using var project = new BadProject().With(File,
            $"mfa_session_expiry_secs: {seconds}\nassume_role_session_expiry_secs: {seconds}\n");
        var file = project.Compile().Project!.Credentials!;
        Assert.Equal((mfa, role), (file.MfaSessionSeconds, file.RoleSessionSeconds));
    }
}
