namespace Paco.Starters;

/// <summary>Where the answer to a question comes from.</summary>
public enum QuestionKind
{
    /// <summary>From the user: needed, and prompted for when it was not given.</summary>
    Asked,

    /// <summary>From the program (<see cref="BucketHash"/>): needed, never prompted for.</summary>
    Given,

    /// <summary>From the user, who may leave it out and then gets the default; prompted for on a terminal only.</summary>
    Offered,

    /// <summary>From the user, who may leave it out; never prompted for.</summary>
    Optional,
}

/// <summary>Something a starter wants to know before it can write a project.</summary>
public sealed record Question
{
    /// <summary>The name of the answer in <c>--set</c> and in answer files, for example <c>domain_name</c>.</summary>
    public required string Key { get; init; }

    /// <summary>A few words for the prompt, without a colon.</summary>
    public required string Label { get; init; }

    /// <summary>A sentence or two for somebody who does not know what to answer.</summary>
    public required string Help { get; init; }

    public QuestionKind Kind { get; init; } = QuestionKind.Asked;

    /// <summary>Says in a sentence what is wrong with an answer, with an example; null when nothing is.</summary>
    public required Func<string, string?> Check { get; init; }

    /// <summary>Brings an answer into the form it is used in, for example a domain name into lower case.</summary>
    internal Func<string, string> Normalise { get; init; } = static answer => answer;

    internal Func<string, Answers, string?> Default { get; init; } = static (_, _) => null;

    internal Func<Answers, string?> Sample { get; init; } = static _ => null;

    /// <summary>
    /// What an empty reply to the prompt means; null when the user has to answer. It may depend on the name
    /// of the project and on earlier answers.
    /// </summary>
    public string? DefaultFor(string projectName, Answers earlier) => Default(projectName, earlier);

    /// <summary>What <c>--defaults</c> answers: the default, or for lack of one an example (<c>example.com</c>).</summary>
    public string? SampleFor(string projectName, Answers earlier) => Default(projectName, earlier) ?? Sample(earlier);
}
