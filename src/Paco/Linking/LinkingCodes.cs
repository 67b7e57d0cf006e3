using Paco.Diagnostics;

namespace Paco.Linking;

/// <summary>What cannot be built because something else is not built yet.</summary>
public static class LinkingCodes
{
    public static readonly DiagnosticCode RefersToNotBuilt = new("PACO4002", Severity.Warning, "a reference to what is not built yet",
        "What the reference names exists in the project, but this version does not build it, so it has no value to give. What uses the value is left out; its stacks, where they are deployed, stay as they are: not updated, not emptied, not deleted. Take the reference out to have the rest of it built.");

    public static readonly DiagnosticCode NeedsNotBuilt = new("PACO4003", Severity.Warning, "left out with what it needs",
        "It needs the stack of another object that is left out, because that one refers to what this version does not build yet (PACO4002). Its stacks, where they are deployed, stay as they are.");
}
