using Paco.Monitoring.FilterPatterns;

namespace Paco.Tests.Monitoring;

/// <summary>
/// AWS's own examples. Where nothing else is said they are from the CloudWatch Logs User Guide, "Filter pattern syntax for metric filters,
/// subscription filters, filter log events, and Live Tail" and "Supported regular expressions (regex) syntax", of 2025.
/// </summary>
public sealed class FilterPatternTests
{
    private const string Trail = """
        {"eventType": "UpdateTrail", "sourceIPAddress": "111.111.111.111", "arrayKey": ["value", "another value"],
        "objectList": [{"name": "a", "id": 1}, {"name": "b", "id": 2}], "SomeObject": null, "cluster.name": "c", "ThisFlag": true,
        "someInt": 123, "someFloat": 12.34}
        """;

    private const string People = """
        {"user": {"id": 1, "email": "John.Stiles@example.com"}, "users": [{"id": 2, "email": "John.Doe@example.com"},
        {"id": 3, "email": "Jane.Doe@example.com"}], "actions": ["GET", "PUT", "DELETE"], "coordinates": [[0, 1, 2], [4, 5, 6], [7, 8, 9]]}
        """;

    private const string Access = """127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534""";

    private static bool Fits(string pattern, string message)
    {
        var read = FilterPattern.Parse(pattern, out var mistake);
        Assert.True(read is not null, $"{pattern}: {mistake?.Message}");
        return read.Match(message).Fits;
    }

    [Theory]
    [InlineData("ERROR", "[ERROR 400] BAD REQUEST", true)]
    [InlineData("ERROR", "[INFO] error", false)]
    [InlineData("ERROR ARGUMENTS", "[ERROR 419] MISSING ARGUMENTS", true)]
    [InlineData("ERROR ARGUMENTS", "[ERROR 400] BAD REQUEST", false)]
    [InlineData("?ERROR ?ARGUMENTS", "[INFO] INVALID ARGUMENTS PROVIDED", true)]
    [InlineData("?ERROR ?ARGUMENTS", "[INFO] REQUEST FAILED", false)]
    [InlineData("?ERROR ?ARGUMENTS REQUEST", "[INFO] REQUEST FAILED", true)]
    [InlineData("?ERROR ?ARGUMENTS REQUEST", "[ERROR] nothing asked", false)]
    [InlineData("\"INTERNAL SERVER ERROR\"", "[ERROR 500] INTERNAL SERVER ERROR", true)]
    [InlineData("\"INTERNAL SERVER ERROR\"", "[ERROR 500] INTERNAL ERROR", false)]
    [InlineData("ERROR -ARGUMENTS", "[ERROR 400] BAD REQUEST", true)]
    [InlineData("ERROR -ARGUMENTS", "[ERROR 419] MISSING ARGUMENTS", false)]
    [InlineData("\" \"", "whatever", true)]
    [InlineData("", "whatever", true)]
    [InlineData("\"ERROR\" - \"Exiting\"", "Exiting with ERRORCODE: -1", false)]
    [InlineData("\"ERROR\" - \"Exiting\"", "[ERROR] A fatal exception has occurred", true)]
    [InlineData("-\"ELB-HealthChecker\"", "GET / \"curl/8\"", true)]
    [InlineData("-\"ELB-HealthChecker\"", "GET / \"ELB-HealthChecker/2.0\"", false)]
    public void Terms(string pattern, string message, bool fits) => Assert.Equal(fits, Fits(pattern, message));

    [Theory]
    [InlineData("%AUTHORIZED%", "[ERROR 401] UNAUTHORIZED REQUEST", true)]
    [InlineData("%^[hc]at%", "hat", true)]
    [InlineData("%^[hc]at%", "a hat", false)]
    [InlineData("%[hc]at$%", "a cat", true)]
    [InlineData("%colou?r%", "colour", true)]
    [InlineData("%a{3,5}%", "aa", false)]
    [InlineData("%a{,2}%", "b", true)]
    [InlineData("%gra|ey%", "grey", true)]
    [InlineData("%^starting|^initializing|^shutting down%", "skipping initializing ...", false)]
    [InlineData("%^starting|^initializing|^shutting down%", "shutting down", true)]
    [InlineData(@"%\[.\]%", "[@]", true)]
    [InlineData(@"%10\.10\.0\.1%", "10010,051", false)]
    [InlineData("%10.10.0.1%", "10010,051", true)]
    [InlineData("%ab*c%", "ac", true)]
    [InlineData("%ab+c%", "ac", false)]
    [InlineData(@"%\d%", "\u0663", false)]
    [InlineData(@"%[\d.]+x%", "1.2x", true)]
    [InlineData(@"%\x28%", "f(x)", true)]
    [InlineData("%[Ee]rror|[Ff]ail%", "a fail", true)]
    public void Regular_expressions(string pattern, string message, bool fits) => Assert.Equal(fits, Fits(pattern, message));

    [Theory]
    [InlineData("""{ $.eventType = "UpdateTrail" }""", true)]
    [InlineData("{ $.sourceIPAddress != 123.123.* }", true)]
    [InlineData("{ $.sourceIPAddress != 111.111.* }", false)]
    [InlineData("""{ $.arrayKey[0] = "value" }""", true)]
    [InlineData("{ $.eventType = %Trail% }", true)]
    [InlineData("{ $.arrayKey[*] = %val.{2}% }", true)]
    [InlineData(@"{ $.* = %111\.111\.111\.1[0-9]{1,2}% }", true)]
    [InlineData("{ $.['cluster.name'] = \"c\" }", true)]
    [InlineData("{ $.SomeObject IS NULL }", true)]
    [InlineData("{ $.eventType IS NULL }", false)]
    [InlineData("{ $.SomeOtherObject NOT EXISTS }", true)]
    [InlineData("{ $.SomeObject NOT EXISTS }", false)]
    [InlineData("{ $.ThisFlag IS TRUE }", true)]
    [InlineData("{ $.ThisFlag IS FALSE }", false)]
    [InlineData("{ $.objectList[1].id = 2 }", true)]
    [InlineData("{ $.objectList = 2 }", false)]
    [InlineData("{ $.objectList != 2 }", false)]
    [InlineData("{ $.missing != 2 }", false)]
    public void Conditions_on_JSON(string pattern, bool fits) => Assert.Equal(fits, Fits(pattern, Trail));

    // Source: a suite that asks AWS's own TestMetricFilter, whose answers it records.
    [Theory]
    [InlineData("{ $.someInt = 123 }", true)]
    [InlineData("{ $.someInt != 111 }", true)]
    [InlineData("{ $.someInt >= 1 }", true)]
    [InlineData("{ $.someFloat = 12.34 }", true)]
    [InlineData("{ $.someFloat <       100.0 }", true)]
    [InlineData("{ $.SomeOtherObject NOT EXISTS         }", true)]
    [InlineData("{ $.ThisFlag[0] = \"value\" }", false)]
    [InlineData("{ $.objectList[1].number = 2 }", false)]
    public void Conditions_as_AWS_answers_them(string pattern, bool fits) => Assert.Equal(fits, Fits(pattern, Trail));

    [Theory]
    [InlineData("""{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }""", true)]
    [InlineData("""{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }""", true)]
    [InlineData("""{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "no") && $.actions[2] = "no" }""", false)]
    [InlineData("""{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }""", false)]
    public void Conditions_joined(string pattern, bool fits) => Assert.Equal(fits, Fits(pattern, People));

    [Theory]
    [InlineData("{ $.v > 75 }", "80", true)]
    [InlineData("{ $.v < 50 }", "50", false)]
    [InlineData("{ $.v <= 5 }", "5", true)]
    [InlineData("{ $.v = 400}", "400", true)]
    [InlineData("{ $.v = 1e+3 }", "1000", true)]
    [InlineData("{ $.v != 1e-3 }", "0.001", false)]
    [InlineData("{ $.v > +1000 }", "1001", true)]
    [InlineData("{ $.v = 4* }", "404", true)]
    [InlineData("{ $.v = * }", "50", true)]
    [InlineData("{ $.v > 5 }", "\"6\"", false)]
    public void Numbers(string pattern, string value, bool fits) => Assert.Equal(fits, Fits(pattern, $$"""{"v": {{value}}}"""));

    // Source: the guide of 2020: "Ev*ent will only match the actual string Ev*ent".
    [Theory]
    [InlineData("*Event", "PutEvent", true)]
    [InlineData("Event*", "EventName", true)]
    [InlineData("Ev*ent", "Ev*ent", true)]
    [InlineData("Ev*ent", "Evening event", false)]
    public void A_star_stands_for_anything_at_the_beginning_and_the_end_only(string operand, string value, bool fits) =>
        Assert.Equal(fits, Fits($$"""{ $.v = "{{operand}}" }""", $$"""{"v": "{{value}}"}"""));

    [Theory]
    [InlineData(@"[ip=%127\.0\.0\.[1-9]%, user, username, timestamp, request =*.html*, status_code = 4*, bytes]", true)]
    [InlineData("[..., request =*.html*, status_code = 4*, bytes]", true)]
    [InlineData("[ip, user, username, timestamp, request =*.html*, status_code = 404 || status_code = 410, bytes]", true)]
    [InlineData("[ip, user, username, timestamp, request, status_code, bytes > 2000]", false)]
    [InlineData("[ip, user, ..., status_code != 404, bytes]", false)]
    [InlineData("[ip, user, ...]", true)]
    [InlineData("[a, b, c, d, e, f, g, h]", false)]
    public void Fields(string pattern, bool fits) => Assert.Equal(fits, Fits(pattern, Access));

    [Theory]
    [InlineData("[w1=ERROR, w2]", "ERROR 09/25/2014 12:00:02 Failed to process request", true)]
    [InlineData("[w1=ERROR, w2]", "INFO 09/25/2014 12:00:00 GET /service/resource/67 1200", false)]
    [InlineData("[w1=ERROR || w1=WARNING, w2]", "WARNING 09/25/2014 12:00:02 Invalid user request", true)]
    [InlineData("[w1!=ERROR && w1!=WARNING, w2]", "WARNING 09/25/2014 12:00:02 Invalid user request", false)]
    [InlineData("[w1=!ERROR&&w1=!WARN, w2]", "INFO message", true)]
    [InlineData("[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]",
        "INFO 09/25/2014 12:00:00 GET /service/resource/67 1200", true)]
    [InlineData("[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]",
        "INFO 09/25/2014 12:00:01 POST /service/resource/67/part/111 1310", false)]
    [InlineData("[timestamp=*Z, request_id=\"*-*\", event]", "2024-01-01T00:00:00Z 1-2 {\"a\": [1, 2]}", true)]
    public void Fields_in_order(string pattern, string message, bool fits) => Assert.Equal(fits, Fits(pattern, message));

    // Source: the guide of 2020, on extracted fields.
    [Fact]
    public void What_is_taken_out_of_fields_has_their_names_or_their_numbers()
    {
        var values = FilterPattern.Parse("[..., request=*.html*, status_code=4*,]", out _)!
            .Match("127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534").Values;
        Assert.Equal(
            ["$1=127.0.0.1", "$2=-", "$3=frank", "$4=10/Oct/2000:13:25:15 -0700", "$7=1534", "$request=GET /index.html HTTP/1.0",
                "$status_code=404"],
            values.Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));
    }

    // Refusals AWS has been seen to make are marked with the words people quote from it.
    [Theory]
    [InlineData(" {$.ThisFlag IS TRUE} ", 1, "a word without quotes cannot hold {")]
    [InlineData("Status: timeout", 6, "a word without quotes cannot hold :")]
    [InlineData("*", 0, "a word without quotes cannot hold *")]
    [InlineData("%a(b)%", 2, "a regular expression cannot hold (")]
    [InlineData("%something!%", 10, "a regular expression cannot hold !")]
    [InlineData("{ $.\"sc-status\" = 5* }", 4, "a field's name cannot hold \"")]
    [InlineData("{ $.a.*.* = 1 }", 2, "a selector takes one * at most")]
    [InlineData("{ $.a EXISTS }", 6, "there is no operator EXISTS")]
    [InlineData("{ $.a IS NOT NULL }", 6, "there is no operator IS NOT")]
    [InlineData("{ $.a == 1 }", 6, "there is no ==")]
    [InlineData("{ $.a = 1", 0, "the { that opens here is never closed")]
    [InlineData("{ $.a = }", 8, "a value is missing behind =")]
    [InlineData("{ $.a = \"b }", 8, "the quotes that open here are never closed")]
    [InlineData("{ $.a > b }", 8, "> compares numbers, and b is none")]
    [InlineData("{ a = 1 }", 2, "a selector is missing: it begins with $.")]
    [InlineData("{ ($.a = 1 }", 2, "the bracket that opens here is never closed")]
    [InlineData("{ $.a = 1 & $.b = 2 }", 10, "conditions are joined by &&")]
    [InlineData("{ $.a = b:c }", 9, "a value without quotes cannot hold :")]
    [InlineData("[a, b", 0, "the [ that opens here is never closed")]
    [InlineData("[..., a, ...]", 8, "a pattern takes one ... at most")]
    [InlineData("[ip, status = 4* && bytes > 1000]", 20, "this is about the field status, not about bytes")]
    [InlineData("%a[%", 0, "this is no regular expression: a [ is never closed")]
    [InlineData("\"open", 0, "the quotes that open here are never closed")]
    [InlineData("a -", 2, "a term is missing behind -")]
    public void A_pattern_that_is_none_says_where(string pattern, int at, string message)
    {
        Assert.Null(FilterPattern.Parse(pattern, out var mistake));
        Assert.Equal((at, message), (mistake!.Start, mistake.Message));
    }

    [Fact]
    public void Limits_are_AWS_limits()
    {
        Assert.NotNull(FilterPattern.Parse(new string('a', 1024), out _));
        Assert.Null(FilterPattern.Parse(new string('a', 1025), out _));
        Assert.Null(FilterPattern.Parse("{ $.a = %a% && $.b = %b% && $.c = %c% }", out _));
        Assert.Null(FilterPattern.Parse("{ $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 || $.d[*] = 1 }", out _));
    }

    [Theory]
    [InlineData("ERROR", "no error", "it does not hold ERROR")]
    [InlineData("-a", "a", "it holds a")]
    [InlineData("?a ?b", "c", "it holds none of a, b")]
    [InlineData("{ $.a > 50 && $.b = c }", """{"a": 30, "b": "c"}""", "$.a is 30, not > 50")]
    [InlineData("{ $.a = 1 || $.b = 2 }", "{}", "$.a is not there; $.b is not there")]
    [InlineData("{ $.a = true }", """{"a": true}""", "$.a is true, not = true (true and false are asked for with IS)")]
    [InlineData("{ $.a = 1 }", "no JSON", "it is no JSON object")]
    [InlineData("[a, b, c]", "one two", "it has 2 fields, and the pattern 3")]
    [InlineData("[a = 4*, b]", "500 x", "a is 500, not = 4*")]
    public void What_does_not_fit_says_why(string pattern, string message, string why) =>
        Assert.Equal(why, FilterPattern.Parse(pattern, out _)!.Match(message).Why);

    [Theory]
    [InlineData("{ $.latency = * }", "$.latency", """{"latency": 50, "requestType": "GET"}""", 50.0)]
    [InlineData("[ip, bytes]", "$bytes", "1.1.1.1 12", 12.0)]
    [InlineData("ERROR", "1", "ERROR", 1.0)]
    [InlineData("ERROR", "1.5e3", "ERROR", 1500.0)]
    public void A_metrics_value_is_a_number_or_taken_out_of_the_event(string pattern, string value, string message, double number)
    {
        var read = FilterPattern.Parse(pattern, out _)!;
        Assert.Equal(number, MetricValueText.Parse(value, read, out _)!.Of(read.Match(message), message).Value);
    }

    [Theory]
    [InlineData("ERROR", "$.latency", "only patterns in { } and [ ] take values out of events")]
    [InlineData("[ip, bytes]", "$byte", "the pattern has no field byte")]
    [InlineData("ERROR", "one", "the value is a number, $.selector or $name, got \"one\"")]
    [InlineData("{ $.a = * }", "$.b.", "a field's name is missing behind the dot")]
    public void A_value_the_pattern_has_not_says_so(string pattern, string value, string message)
    {
        Assert.Null(MetricValueText.Parse(value, FilterPattern.Parse(pattern, out _)!, out var mistake));
        Assert.Equal(message, mistake!.Message);
    }

    // Nothing anybody writes may end in anything but an answer; the seed makes a failure come back.
    [Fact]
    public void Whatever_is_written_is_a_pattern_or_a_mistake_within_it()
    {
        var random = new Random(20261129);
        const string Pieces = "{}[]()$.*%\"'\\-?=!<>&|, aB1_:é🙂";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            if (i % 3 == 0)
                text = $"{{ $.a {text} }}";
            var pattern = FilterPattern.Parse(text, out var mistake);
            Assert.True(pattern is not null || (mistake!.Start >= 0 && mistake.Start + mistake.Length <= text.Length), text);
            pattern?.Match("""{"a": "b 1"}""");
        }
    }
}
