using Paco.CloudFormation;
using Paco.CloudFormation.Types;

namespace Paco.Sandbox;

/// <summary>How long a resource takes to be made, changed or deleted on the cloud's clock.</summary>
public sealed class Pace
{
    private readonly Func<string, double> _ofType;

    private Pace(double factor, Func<string, double>? ofType = null) => (Factor, _ofType) = (factor, ofType ?? (_ => 1));

    /// <summary>The share of <see cref="ResourceFacts.Takes"/> that things take: 0 at once, 1 as on AWS.</summary>
    public double Factor { get; }

    /// <summary>Every step is due at once: an operation is complete at the look after the call that started it.</summary>
    public static Pace Instant { get; } = new(0);

    /// <summary>Orders of magnitude as on AWS: seconds for a role, minutes for a load balancer, ten for a database.</summary>
    public static Pace Realistic { get; } = new(1);

    /// <summary><see cref="Realistic"/> times a factor; 0.01 makes a ten-minute database one of six seconds.</summary>
    public static Pace Scaled(double factor) =>
        factor >= 0 && double.IsFinite(factor) ? new(factor) : throw new ArgumentOutOfRangeException(nameof(factor));

    /// <summary><see cref="Realistic"/>, with a factor of its own for each type: as it is where a table is off here and there.</summary>
    public static Pace Uneven(Func<string, double> factorOf) => new(1, factorOf);

    /// <summary>The time one resource of a type takes; a change takes half of a creation.</summary>
    /// <param name="type">A CloudFormation resource type.</param>
    /// <param name="action">Making, changing, deleting or taking over.</param>
    public TimeSpan For(string type, ResourceAction action)
    {
        var kind = action switch
        {
            ResourceAction.Create => ChangeKind.Create,
            ResourceAction.Update => ChangeKind.Update,
            ResourceAction.Delete => ChangeKind.Delete,
            ResourceAction.Import => ChangeKind.Import,
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "no such action"),
        };
        return Scale(ResourceFacts.Of(type).Takes(kind) * _ofType(type));
    }

    /// <summary>What takes a time on AWS, on this clock.</summary>
    internal TimeSpan Scale(TimeSpan length) => TimeSpan.FromMilliseconds(Math.Round(length.TotalMilliseconds * Factor));
}

/// <summary>What is done to a resource.</summary>
public enum ResourceAction
{
    Create,
    Update,
    Delete,

    /// <summary>It exists and becomes the stack's, as it is.</summary>
    Import,
}
