using System.Collections.Immutable;

namespace Paco.Starters;

/// <summary>An answer that is missing, wrong, or answers nothing: the key and a sentence that says what to do.</summary>
public sealed record AnswerProblem(string Key, string Message);

/// <summary>What came of completing answers: either all of them, or every problem at once.</summary>
public sealed record Completion(Answers? Answers, ImmutableArray<AnswerProblem> Problems);
