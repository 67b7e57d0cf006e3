namespace Paco.Planning;

/// <summary>
/// Digests of deployed templates that earlier commands read, kept by whoever runs the library. What is kept may be lost, damaged or out of
/// date without harm: the next plan reads again.
/// </summary>
public interface IKeptDigests
{
    /// <summary>What was kept of an account and region; nothing where there is none, or it cannot be read.</summary>
    /// <param name="place">As in the ids of its stacks: <c>arn:aws:cloudformation:us-west-2:111111111111</c>.</param>
    IReadOnlyDictionary<string, string> Read(string place);

    /// <summary>Keeps these in place of those before. Where they cannot be kept, nothing happens.</summary>
    void Write(string place, IReadOnlyDictionary<string, string> digests);
}
