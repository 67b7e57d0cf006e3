using Paco.Tests.BadInput;

namespace Paco.Tests.Project;

/// <summary>Which role is tried first in an account, as Paco 9 did: the credentials file's, then the account's own.</summary>
public sealed class RoleOrderTests
{
    private const string File = ".credentials.yaml";

    [Fact]
    public void The_credentials_files_role_goes_before_the_accounts_own()
    {
        using var project = new BadProject().With(File, "aws_access_key_id: AKIA\nadmin_iam_role_name: Our-Admins\n");
        var read = project.Compile().Project!;
        Assert.All(read.Accounts,
            account => Assert.Equal($"Our-Admins {account.AdminDelegateRoleName}", string.Join(' ', read.RolesInto(account))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("aws_access_key_id: AKIA\n")]
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
}
