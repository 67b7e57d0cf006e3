using System.Collections.Immutable;
using Paco.Diagnostics;

namespace Paco.Starters;

/// <summary>A kind of project that <c>paco init project</c> can write: its questions and its files.</summary>
public sealed class Starter
{
    private readonly Func<Answers, IEnumerable<AnswerProblem>> _crossCheck;
    private readonly Func<string, Answers, ImmutableArray<GeneratedFile>> _render;

    internal Starter(
        string id,
        string title,
        ImmutableArray<Question> questions,
        Func<Answers, IEnumerable<AnswerProblem>> crossCheck,
        Func<string, Answers, ImmutableArray<GeneratedFile>> render)
    {
        (Id, Title, Questions) = (id, title, questions);
        (_crossCheck, _render) = (crossCheck, render);
    }

    /// <summary>The name in commands, for example <c>managed-webapp-cicd</c>.</summary>
    public string Id { get; }

    public string Title { get; }

    /// <summary>Everything that may be answered, in the order to ask it.</summary>
    public ImmutableArray<Question> Questions { get; }

    /// <summary>What is wrong with the name of a new project, with an example; null when nothing is.</summary>
    public static string? CheckProjectName(string name) => Checks.Name("my-web-app", 32)(name);

    /// <summary>
    /// All answers out of those given, or every problem with them. What is missing is a problem, unless
    /// <paramref name="useDefaults"/> answers it as <see cref="Question.SampleFor"/> does.
    /// </summary>
    public Completion Complete(string projectName, Answers given, bool useDefaults)
    {
        ArgumentNullException.ThrowIfNull(given);
        var problems = given.Entries.Where(entry => Find(entry.Key) is null).Select(entry => Unknown(entry.Key)).ToList();
        var answers = Answers.Empty;
        foreach (var question in Questions)
        {
            answers = Take(question, projectName, given, useDefaults, answers, problems);
        }

        if (problems.Count == 0)
        {
            problems.AddRange(_crossCheck(answers));
        }

        return problems.Count == 0 ? new(answers, []) : new(null, [.. problems]);
    }

    /// <summary>The files of a project. The same name and answers give the same files, byte for byte.</summary>
    /// <exception cref="ArgumentException">The answers do not come from <see cref="Complete"/>.</exception>
    public ImmutableArray<GeneratedFile> Render(string projectName, Answers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return CheckProjectName(projectName) is { } wrong
            ? throw new ArgumentException(wrong, nameof(projectName))
            : _render(projectName, answers);
    }

    private static Answers Take(
        Question question, string projectName, Answers given, bool useDefaults, Answers answers, List<AnswerProblem> problems)
    {
        var answer = given[question.Key]?.Trim() is { Length: > 0 } said ? said
            : useDefaults || question.Kind == QuestionKind.Offered ? question.SampleFor(projectName, answers)
            : null;
        if (answer is null)
        {
            problems.AddRange(question.Kind == QuestionKind.Optional ? [] : [Missing(question)]);
            return answers;
        }

        var normal = question.Normalise(answer);
        if (question.Check(normal) is { } wrong)
        {
            problems.Add(new(question.Key, wrong));
            return answers;
        }

        return answers.With(question.Key, normal);
    }

    private Question? Find(string key) => Questions.FirstOrDefault(question => question.Key == key);

    private static AnswerProblem Missing(Question question) =>
        new(question.Key, $"{question.Label} is missing. {question.Help}");

    private AnswerProblem Unknown(string key) =>
        new(key, Spelling.Nearest(key, Questions.Select(question => question.Key)) is { } near
            ? $"There is no question \"{key}\". Did you mean {near}?"
            : $"There is no question \"{key}\". The questions are {string.Join(", ", Questions.Select(question => question.Key))}.");
}
