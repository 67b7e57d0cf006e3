using System.Collections.Immutable;
using Paco.Diagnostics;

namespace Paco.Resources.Dashboard;

/// <summary>PACO3088 and PACO3089: mistakes in dashboards.</summary>
public static class DashboardCodes
{
    public static readonly DiagnosticCode Refused = new("PACO3088", Severity.Error, "a dashboard CloudWatch refuses",
        "The dashboard's file is no JSON, is not what CloudWatch takes as a dashboard, or says `${…}` where nothing can be put in. The file must be JSON before anything is put in, so `${…}` stands within a text. `${Name}` is a variable of the dashboard or `AwsRegion`, `${AWS::Region}` and its like are CloudFormation's, and `${!Name}` is the text `${Name}`.");

    public static readonly DiagnosticCode UnusedVariable = new("PACO3089", Severity.Warning, "a variable nothing uses",
        "The dashboard defines a variable, and its file does not say `${…}` with that name: it is probably misspelt in one of the two.");

    public static readonly ImmutableArray<DiagnosticCode> All = [Refused, UnusedVariable];
}
