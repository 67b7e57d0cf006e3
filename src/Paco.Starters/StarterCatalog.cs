using System.Globalization;

namespace Paco.Starters;

/// <summary>The starters there are, in the order of the menu.</summary>
public static class StarterCatalog
{
    public static IReadOnlyList<Starter> All { get; } = [ManagedWebApp.ManagedWebAppStarter.Create()];

    /// <summary>A starter by its id, in any case, or by its number in the menu, which begins with 1; null when there is none.</summary>
    public static Starter? Find(string nameOrNumber) =>
        int.TryParse(nameOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? All.ElementAtOrDefault(number - 1)
            : All.FirstOrDefault(starter => string.Equals(starter.Id, nameOrNumber, StringComparison.OrdinalIgnoreCase));
}
