using Paco.Clouds;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>Repositories of images: what is in one is asked about before it goes.</summary>
public class ImageTests
{
    private const string Environment = "netenv.mynet.dev";
    private const string Reference = "netenv.mynet.dev.us-west-2.applications.app.groups.bastion.resources.images";
    private const string Before = "          instance:\n            type: ASG\n            title: \"Bastion instance\"\n";

    [Fact]
    public async Task A_repository_that_is_switched_off_goes_with_its_images_once_that_is_permitted()
    {
        using var project = await WithImages("shop/web");
        project.Edit(Starter.Netenv, Images("shop/web"), Images("shop/web").Replace("true", "false", StringComparison.Ordinal));

        var refused = (await project.Run("provision", Environment, "--sandbox", "--yes")).Fails();
        Assert.Contains("its 2 images are deleted", refused.Out, StringComparison.Ordinal);
        Assert.Contains($"--allow-destroy {Reference}", refused.Out, StringComparison.Ordinal);
        Assert.Equal(2, await Count(project, "shop/web"));

        (await project.Run("provision", Environment, "--sandbox", "--yes", "--allow-destroy", Reference)).Succeeds();
        Assert.Null(await Count(project, "shop/web"));
    }

    [Fact]
    public async Task A_repository_of_another_name_is_another_one_and_the_old_one_stays_with_its_images()
    {
        using var project = await WithImages("shop/web");
        project.Edit(Starter.Netenv, "repository_name: shop/web", "repository_name: shop/site");

        var plan = (await project.Run("plan", Environment, "--sandbox")).Out;
        Assert.Contains("the repository shop/web is replaced, and the old one holds 2 images", plan, StringComparison.Ordinal);
        (await project.Run("provision", Environment, "--sandbox", "--yes", "--allow-destroy", Reference)).Succeeds();

        Assert.Equal((2, 0), (await Count(project, "shop/web"), await Count(project, "shop/site")));
    }

    [Fact]
    public async Task Deleting_an_environment_takes_the_images_with_it()
    {
        using var project = await WithImages("shop/web");

        (await project.Run("delete", Environment, "--sandbox", "--yes", "--allow-destroy", Environment)).Succeeds();

        Assert.Null(await Count(project, "shop/web"));
    }

    private static string Images(string name) =>
        $"          images:\n            type: ECRRepository\n            enabled: true\n            repository_name: {name}\n";

    private static async Task<ProjectFolder> WithImages(string name)
    {
        var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, Before, Images(name) + Before);
        await project.Provision(Environment);
        await using var cloud = new Sandbox(project.Home);
        foreach (var tag in new[] { "one", "two" })
            await cloud.PutImage("dev", name, tag);
        return project;
    }

    private static async Task<int?> Count(ProjectFolder project, string name)
    {
        await using var cloud = new Sandbox(project.Home);
        return (await cloud.Aws.Ecr(new Place("dev", Sandbox.Region)).ListImages(name, CancellationToken.None))?.Length;
    }
}
