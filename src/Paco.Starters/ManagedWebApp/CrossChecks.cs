namespace Paco.Starters.ManagedWebApp;

/// <summary>What is wrong with answers together that are each fine.</summary>
internal static class CrossChecks
{
    // AWS's limit for the name of a load balancer.
    private const int LongestLoadBalancer = 32;

    public static IEnumerable<AnswerProblem> Check(Answers answers) =>
        [.. LoadBalancerName(answers), .. AccountNames(answers), .. AccountIds(answers), .. RootEmails(answers)];

    private static IEnumerable<AnswerProblem> LoadBalancerName(Answers answers)
    {
        var names = answers.Require(Keys.NetenvName).Length + answers.Require(Keys.ApplicationName).Length;
        var room = LongestLoadBalancer - "StagingSiteAlb".Length;
        return names <= room ? [] :
        [
            new(Keys.ApplicationName,
                $"The names of the network environment and the application have {names} characters together, {room} are allowed: "
                + "they are part of the load balancer's name, for example mynet and app."),
        ];
    }

    private static IEnumerable<AnswerProblem> AccountNames(Answers answers)
    {
        var names = Accounts.Roles.Select(role => (Key: Keys.AccountOf(role), Name: answers.Require(Keys.AccountOf(role)))).ToArray();
        return
            from one in names
            let other = names.TakeWhile(earlier => earlier.Key != one.Key).Select(earlier => earlier.Name).Prepend(Accounts.Master)
                .FirstOrDefault(name => name != one.Name && string.Equals(name, one.Name, StringComparison.OrdinalIgnoreCase))
            where other is not null
            select new AnswerProblem(
                one.Key, $"\"{one.Name}\" and \"{other}\" differ only in case. Write both the same, or take another name.");
    }

    private static IEnumerable<AnswerProblem> AccountIds(Answers answers) =>
        from roles in Accounts.Roles.GroupBy(role => answers.Require(Keys.AccountOf(role)))
        let ids = Accounts.IdsOf(roles, answers)
            .Concat(roles.Key == Accounts.Master ? [answers.Require(Keys.MasterAccountId)] : [])
            .Distinct().ToArray()
        where ids.Length > 1
        select new AnswerProblem(
            Keys.AccountIdOf(roles.Last(role => answers[Keys.AccountIdOf(role)] is not null)),
            $"The account {roles.Key} has more than one id: {string.Join(", ", ids)}. Give one id, or name two accounts.");

    private static IEnumerable<AnswerProblem> RootEmails(Answers answers) =>
        from account in Accounts.Of(answers)
        where Checks.Email(account.RootEmail) is not null
        select new AnswerProblem(
            Keys.MasterRootEmail,
            $"The account {account.Name} would get the address {account.RootEmail}, longer than the 64 characters that AWS allows. "
            + "Take a shorter address or account name.");
}
