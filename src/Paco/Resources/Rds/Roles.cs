using Paco.CloudFormation;

namespace Paco.Resources.Rds;

/// <summary>Policy documents of the roles that RDS takes.</summary>
internal static class Roles
{
    /// <summary>Trust in a service, acting for this account only.</summary>
    public static MapValue Trust(string service) => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = Value.List(new MapValue
        {
            ["Effect"] = "Allow",
            ["Principal"] = new MapValue { ["Service"] = service },
            ["Action"] = "sts:AssumeRole",
            ["Condition"] = new MapValue { ["StringEquals"] = new MapValue { ["aws:SourceAccount"] = Fn.AccountId } },
        }),
    };

    public static MapValue Allow(IEnumerable<string> actions, Value resource) => new()
    {
        ["Effect"] = "Allow",
        ["Action"] = Value.OfMany(actions),
        ["Resource"] = resource,
    };
}
