namespace Paco.Cli.Tests.Clients;

/// <summary>boto3's own waiters at the sandbox: what they are content with, and what they give up at.</summary>
public sealed class BotoTests
{
    [BotoFact]
    public async Task Waiters_of_boto3_see_how_stacks_and_change_sets_end()
    {
        await using var sandbox = await Served.Start();

        Assert.Equal(
            [
                "stack_exists: content",
                "stack_create_complete: content",
                "change_set_create_complete: content",
                "stack_update_complete: content",
                "change_set_create_complete of no change: gave up at FAILED",
                "stack_create_complete of a user: content",
                "stack_delete_complete of what is in use: gave up at UPDATE_COMPLETE",
                "stack_rollback_complete: content",
                "stack_update_complete of what went back: gave up at UPDATE_ROLLBACK_COMPLETE",
                "stack_create_complete of what fails: gave up at ROLLBACK_COMPLETE",
                "change_set_create_complete of an import: content",
                "stack_import_complete: content",
                "stack_delete_complete: content",
                "stack_delete_complete by id: content",
                "stack_update_complete of what is gone: gave up at ValidationError",
            ],
            await Boto.Run("waiters.py", sandbox.Address));
    }
}
