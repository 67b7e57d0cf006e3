namespace Paco.Tests.Rights.Evaluation;

/// <summary>Who makes a call.</summary>
internal abstract record Caller
{
    /// <summary>A session of a role.</summary>
    /// <param name="Arn">The role's, with its path.</param>
    public sealed record Role(string Arn, string Session = "session") : Caller
    {
        /// <summary>As policies of resources may name it; the role's path is no part of it.</summary>
        public string SessionArn =>
            $"arn:{Arn.Split(':')[1]}:sts::{AccountOf(Arn)}:assumed-role/{Arn[(Arn.LastIndexOf('/') + 1)..]}/{Session}";

        public override string? Account => AccountOf(Arn);

        public override string ToString() => Arn;
    }

    public sealed record User(string Arn) : Caller
    {
        public override string? Account => AccountOf(Arn);

        public override string ToString() => Arn;
    }

    /// <summary>The owner of an account: may do all in it that no policy denies.</summary>
    public sealed record Root(string Id) : Caller
    {
        public override string? Account => Id;

        public override string ToString() => $"the root of {Id}";
    }

    /// <summary>A service that calls in its own name: <c>codebuild.amazonaws.com</c>.</summary>
    public sealed record Service(string Name) : Caller
    {
        public override string? Account => null;

        public override string ToString() => Name;
    }

    /// <summary>The number of its account; services have none.</summary>
    public abstract string? Account { get; }

    /// <summary>The value of <c>aws:PrincipalArn</c>: of a session its role.</summary>
    public string? PrincipalArn => this switch
    {
        Role role => role.Arn,
        User user => user.Arn,
        Root root => $"arn:aws:iam::{root.Id}:root",
        _ => null,
    };

    private static string AccountOf(string arn) => arn.Split(':')[4];
}
