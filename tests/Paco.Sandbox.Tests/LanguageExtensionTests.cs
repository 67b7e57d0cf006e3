using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>The transform AWS::LanguageExtensions, by the guide's rules; AWS's words from reports of people who met them.</summary>
public sealed class LanguageExtensionTests
{
    private const string Agreed = "Capabilities.member.2=CAPABILITY_AUTO_EXPAND";

    private const string Topics = """
        Transform: AWS::LanguageExtensions
        Parameters:
          Names: {Type: CommaDelimitedList, Default: "Orders,Bills"}
        Conditions:
          Fn::ForEach::Wanted:
            - Name
            - !Ref Names
            - Want${Name}: !Equals [!Ref "AWS::Region", us-west-2]
        Resources:
          Fn::ForEach::Topics:
            - Name
            - !Ref Names
            - Topic${Name}:
                Type: AWS::SNS::Topic
                Condition: !Sub "Want${Name}"
                Properties:
                  TopicName: !Sub "shop-${Name}"
                  DisplayName: !Ref Name
        Outputs:
          Fn::ForEach::Arns:
            - Name
            - !Ref Names
            - Arn${Name}: {Value: {Ref: !Sub "Topic${Name}"}}
        """;

    [Fact]
    public async Task A_loop_writes_its_fragment_out_for_each_item_in_three_sections()
    {
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("shop", Topics, Agreed));

        Assert.Equal("arn:aws:sns:us-west-2:111111111111:shop-Orders", await bench.Output("shop", "ArnOrders"));
        Assert.Equal("Bills", (await bench.Properties("AWS::SNS::Topic",
            await bench.Physical("shop", "TopicBills")))["DisplayName"]!.ToString());
        Assert.Equal(["shop CREATE_IN_PROGRESS User Initiated", "shop CREATE_IN_PROGRESS Transformation succeeded"],
            (await bench.Events("shop"))[..2]);

        Assert.Equal("UPDATE_COMPLETE", await bench.Update("shop", Topics, Agreed, "Parameters.member.1.ParameterKey=Names",
            "Parameters.member.1.ParameterValue=Orders,Returns"));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:shop-Returns", await bench.Output("shop", "ArnReturns"));
        await Assert.ThrowsAsync<Refusal>(() => bench.Physical("shop", "TopicBills"));
    }

    [Fact]
    public async Task The_processed_template_is_told_beside_the_one_that_was_given()
    {
        await using var bench = new Bench();
        await bench.Create("shop", Topics, Agreed);

        var original = await bench.Cfn("GetTemplate", "StackName=shop", "TemplateStage=Original");
        Assert.Equal(Topics, original.Descendants("TemplateBody").Single().Value);
        var processed = JsonNode.Parse((await bench.Cfn("GetTemplate", "StackName=shop")).Descendants("TemplateBody").Single().Value)!;
        Assert.Equal(["TopicOrders", "TopicBills"], processed["Resources"]!.AsObject().Select(r => r.Key));
        Assert.Null(processed["Transform"]);
        foreach (var answer in new[] { await bench.Cfn("GetTemplateSummary", "StackName=shop"), await bench.Cfn("ValidateTemplate",
            $"TemplateBody={Topics}") })
        {
            Assert.Equal("AWS::LanguageExtensions", answer.Descendants("DeclaredTransforms").Elements().Single().Value);
            Assert.Equal("CAPABILITY_AUTO_EXPAND", answer.Descendants("Capabilities").Elements().Single().Value);
        }
    }

    // API reference, CreateStack: a stack made directly from a template with macros wants CAPABILITY_AUTO_EXPAND.
    [Fact]
    public async Task A_transform_must_be_agreed_to_unless_a_change_set_shows_what_it_does()
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Create("shop", Topics));
        Assert.Equal("InsufficientCapabilitiesException", refusal.Code);
        Assert.Equal("Requires capabilities : [CAPABILITY_AUTO_EXPAND]", refusal.Words);

        await bench.Cfn("CreateChangeSet", "StackName=shop", "ChangeSetName=one", "ChangeSetType=CREATE", $"TemplateBody={Topics}");
        var set = await bench.Cfn("DescribeChangeSet", "StackName=shop", "ChangeSetName=one");
        Assert.Equal(["TopicOrders", "TopicBills"], set.Descendants("LogicalResourceId").Select(e => e.Value));
        await bench.Cfn("ExecuteChangeSet", "StackName=shop", "ChangeSetName=one");
        Assert.Equal("CREATE_COMPLETE", await bench.Status("shop"));
    }

    [Fact]
    public async Task Loops_within_loops_and_within_properties_and_names_without_signs()
    {
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("net", """
            Transform: AWS::LanguageExtensions
            Mappings:
              Zones: {a: {Blocks: [10.0.0.0/24, 10.0.1.0/24]}, b: {Blocks: [10.0.2.0/24]}}
            Resources:
              Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              Fn::ForEach::Zones:
                - Zone
                - [a, b]
                - Fn::ForEach::Subnets:
                    - Block
                    - !FindInMap [Zones, !Ref Zone, Blocks]
                    - Subnet${Zone}&{Block}:
                        Type: AWS::EC2::Subnet
                        Properties:
                          VpcId: !Ref Vpc
                          CidrBlock: !Ref Block
                          AvailabilityZone: !Sub "${AWS::Region}${Zone}"
              Secret:
                Type: AWS::SSM::Parameter
                Properties:
                  Type: String
                  Fn::ForEach::Texts: [Property, [Value, Description], {"${Property}": !Sub "the ${Property}"}]
            Outputs:
              Third: {Value: !GetAtt Subnetb1002024.CidrBlock}
            """, Agreed));
        Assert.Equal("10.0.2.0/24", await bench.Output("net", "Third"));
        Assert.Equal("us-west-2a", (await bench.Properties("AWS::EC2::Subnet",
            await bench.Physical("net", "Subneta1001024")))["AvailabilityZone"]!.ToString());
        Assert.Equal("the Description",
            (await bench.Properties("AWS::SSM::Parameter", await bench.Physical("net", "Secret")))["Description"]!.ToString());
    }

    // A loop may have several identifiers: each item is a list of their values, or the collection is a map of names and values.
    [Fact]
    public async Task A_loop_goes_over_lists_of_values_and_over_maps()
    {
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("more", """
            Transform: AWS::LanguageExtensions
            Parameters: {Called: {Type: String, Default: Size}}
            Resources:
              Fn::ForEach::Queues:
                - [Name, !Ref Called]
                - [[orders, 1024], [bills, 2048]]
                - Queue${Name}: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Name, MaximumMessageSize: !Ref Size}}
            Outputs:
              Fn::ForEach::Ports:
                - [Name, Port]
                - {web: 443, ssh: 22}
                - Port${Name}: {Value: !Sub "${Name}:${Port}"}
            """, Agreed));
        Assert.Equal("2048", (await bench.Properties("AWS::SQS::Queue",
            await bench.Physical("more", "Queuebills")))["MaximumMessageSize"]!.ToString());
        Assert.Equal("ssh:22", await bench.Output("more", "Portssh"));
    }

    [Fact]
    public async Task Further_functions_are_evaluated_with_what_is_known()
    {
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("more", """
            Transform: [AWS::LanguageExtensions]
            Parameters:
              Stage: {Type: String, Default: test}
              Zones: {Type: CommaDelimitedList, Default: "a,b,c"}
              Which: {Type: String, Default: Two}
            Mappings:
              Kept: {prod: {Policy: Retain, Days: 90}}
              Stacks: {more: {Own: true}}
            Conditions:
              Three: !Equals [{"Fn::Length": !Ref Zones}, 3]
            Resources:
              One:
                Type: AWS::SNS::Topic
                DeletionPolicy: !FindInMap [Kept, !Ref Stage, Policy, DefaultValue: Delete]
                UpdateReplacePolicy: !If [Three, Retain, Delete]
              Two:
                Type: AWS::SSM::Parameter
                Properties:
                  Type: String
                  Value:
                    Fn::ToJsonString:
                      stage: !Ref Stage
                      zones: {"Fn::Length": [a, b]}
                      topic: !Ref One
                      gone: !Ref AWS::NoValue
            Outputs:
              Days: {Value: !FindInMap [Kept, !Sub "${Stage}", Days, DefaultValue: !Select [0, [7, 8]]]}
              Text: {Value: !GetAtt [!Ref Which, Value]}
              Own: {Value: !FindInMap [Stacks, !Select [1, !Split ["/", !Ref "AWS::StackId"]], Own]}
            """, Agreed));

        Assert.Equal("7 true", $"{await bench.Output("more", "Days")} {await bench.Output("more", "Own")}");
        Assert.Equal($$"""{"stage":"test","zones":2,"topic":"{{await bench.Physical("more", "One")}}"}""",
            await bench.Output("more", "Text"));
        var processed = (await bench.Cfn("GetTemplate", "StackName=more")).Descendants("TemplateBody").Single().Value;
        var one = JsonNode.Parse(processed)!["Resources"]!["One"]!;
        Assert.Equal("Delete Retain", $"{one["DeletionPolicy"]} {one["UpdateReplacePolicy"]}");
    }

    // The words: cfn-language-discussion #156, #159, cfn-lint #3996, AWS's own messages as SAM CLI has them ("matching Kotlin
    // implementation"), and what the MiniStack project measured on an account.
    [Theory]
    [InlineData("Fn::ForEach::A: [X, [1, 2], {T: {Type: AWS::SNS::Topic}}]",
        "Duplicate key 'T' when merging keys to parent object in Fn::ForEach")]
    [InlineData("Fn::ForEach::A: [X, [1, 2]]", "Fn::ForEach layout is incorrect")]
    [InlineData("Fn::ForEach::A: [X, [a], {'Fn::ForEach::B': [X, [b], {'T${X}': {Type: AWS::SNS::Topic}}]}]",
        "Fn::ForEach::B: identifier 'X' conflicts with another loop identifier")]
    [InlineData("Fn::ForEach::A: [X, text, {T2: {Type: AWS::SNS::Topic}}]", "Fn::ForEach layout is incorrect")]
    [InlineData("Fn::ForEach::A: [X, !GetAtt T0.TopicArn, {T2: {Type: AWS::SNS::Topic}}]",
        "Could not find a collection or could not be resolved for Fn::ForEach")]
    [InlineData("Fn::ForEach::A: [X, [a], {'T${X}': {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [!Sub 'Is${X}', a, b]}}}]",
        "Fn::If layout is incorrect")]
    [InlineData("A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Select [1, [x]]}}",
        "Fn::Select cannot select nonexistent value at index 1")]
    [InlineData("A: {Type: AWS::SNS::Topic, Properties: {DisplayName: {'Fn::ToJsonString': {Condition: x}}}}",
        "Fn::ToJsonString does not support Condition intrinsic function for resource A")]
    [InlineData("A: {Type: AWS::SNS::Topic, Properties: {DisplayName: {'Fn::Length': !Ref T0}}}",
        "The Fn::Length value could not be resolved for properties")]
    [InlineData("A: {Type: AWS::SNS::Topic, Properties: {DisplayName: {'Fn::Length': text}}}", "Fn::Length layout is incorrect")]
    [InlineData("A: {Type: AWS::SNS::Topic, DeletionPolicy: !Ref T0}", "Unsupported expression for DeletionPolicy in resource A")]
    [InlineData("A: {Type: AWS::SNS::Topic, DeletionPolicy: !Ref AWS::NoValue}",
        "AWS::NoValue is not supported for DeletionPolicy or UpdateReplacePolicy")]
    [InlineData("A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !FindInMap [M, !Ref T0, b]}}", "Fn::FindInMap layout is incorrect")]
    [InlineData("A: {Type: AWS::SNS::Topic, Condition: No, Properties: {DisplayName: !FindInMap [M, a, b]}}",
        "Mappings not found in template for key /a/b on resourceType AWS::SNS::Topic")]
    public async Task A_transform_that_fails_ends_the_stack_and_the_change_set(string resource, string reason)
    {
        await using var bench = new Bench();
        var template = $"Transform: AWS::LanguageExtensions\nResources:\n  T0: {{Type: AWS::SNS::Topic}}\n  {resource}\n";
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("bad", template, Agreed));
        Assert.Equal(
            [
                "bad CREATE_IN_PROGRESS User Initiated",
                $"bad CREATE_IN_PROGRESS Transform AWS::LanguageExtensions failed with: {reason}",
                $"bad ROLLBACK_IN_PROGRESS Transform AWS::LanguageExtensions failed with: {reason}. Rollback requested by user.",
                "bad ROLLBACK_COMPLETE",
            ],
            await bench.Events("bad"));

        await bench.Cfn("CreateChangeSet", "StackName=other", "ChangeSetName=one", "ChangeSetType=CREATE", $"TemplateBody={template}");
        var set = await bench.Cfn("DescribeChangeSet", "StackName=other", "ChangeSetName=one");
        Assert.Equal("FAILED", set.Descendants("Status").Single().Value);
        Assert.Equal($"Transform AWS::LanguageExtensions failed with: {reason}", set.Descendants("StatusReason").Single().Value);
    }

    [Fact]
    public async Task An_update_whose_transform_fails_leaves_everything_as_it_was()
    {
        await using var bench = new Bench();
        await bench.Create("shop", Topics, Agreed);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Update("shop",
            "Transform: AWS::LanguageExtensions\nResources: {Fn::ForEach::A: x}", Agreed));
        Assert.Contains("shop UPDATE_ROLLBACK_IN_PROGRESS Transform AWS::LanguageExtensions failed with: Fn::ForEach layout is incorrect.",
            await bench.Events("shop"));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:shop-Orders", await bench.Physical("shop", "TopicOrders"));
        Assert.Contains("TopicOrders", (await bench.Cfn("GetTemplate", "StackName=shop")).Value, StringComparison.Ordinal);
    }

    // User Guide, AWS::LanguageExtensions: with the existing template, what the transform made of it then is used.
    [Fact]
    public async Task The_previous_template_is_the_processed_one()
    {
        await using var bench = new Bench();
        await bench.Create("shop", Topics, Agreed);
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("UpdateStack", "StackName=shop", "UsePreviousTemplate=true",
            "Parameters.member.1.ParameterKey=Names", "Parameters.member.1.ParameterValue=Orders,Bills,Returns"));
        Assert.Equal("No updates are to be performed.", refusal.Words);
    }

    [Theory]
    [InlineData("Value: {'Fn::ToJsonString': {a: b}}",
        "Template error: Encountered unsupported function: Fn::ToJsonString Supported functions are: [Fn::Base64,")]
    [InlineData("Value: {'Fn::Length': [a]}",
        "Template error: Encountered unsupported function: Fn::Length Supported functions are: [Fn::Base64,")]
    [InlineData("Value: !FindInMap [M, a, b, DefaultValue: c]",
        "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value")]
    [InlineData("Value: !FindInMap [M, !Sub 'a', b]",
        "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value")]
    public async Task Without_the_transform_what_it_adds_is_no_function(string property, string words)
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Create("bad",
            "Mappings: {M: {a: {b: c}}}\n" + $"Resources: {{P: {{Type: AWS::SSM::Parameter, Properties: {{Type: String, {property}}}}}}}"));
        Assert.StartsWith(words, refusal.Words, StringComparison.Ordinal);
    }

    // aws-sam-cli #4835: "Every DeletionPolicy member must be a string."
    [Fact]
    public async Task Without_the_transform_a_policy_is_a_text()
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Create("bad",
            "Parameters: {P: {Type: String, Default: Retain}}\nResources: {T: {Type: AWS::SNS::Topic, DeletionPolicy: !Ref P}}"));
        Assert.Equal("Template format error: Every DeletionPolicy member must be a string.", refusal.Words);
    }

    [Fact]
    public async Task A_loop_over_nothing_makes_nothing()
    {
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("few", """
            Transform: AWS::LanguageExtensions
            Parameters: {Names: {Type: CommaDelimitedList, Default: ""}}
            Resources:
              One: {Type: AWS::SNS::Topic}
              Fn::ForEach::More: [Name, !Ref Names, {"Topic${Name}": {Type: AWS::SNS::Topic}}]
            """, Agreed));
        Assert.Single((await bench.Cfn("ListStackResources", "StackName=few")).Descendants("LogicalResourceId"));
    }

    [Fact]
    public async Task Loops_stand_within_each_other_five_deep()
    {
        await using var bench = new Bench();
        static string Nested(int depth) => Enumerable.Range(1, depth).Reverse().Aggregate("{Type: AWS::SNS::Topic}",
            (inner, i) => $"{{'Fn::ForEach::L{i}': [V{i}, [a], {(i == depth ? $"{{'T': {inner}}}" : inner)}]}}");
        Assert.Equal("CREATE_COMPLETE", await bench.Create("five", $"Transform: AWS::LanguageExtensions\nResources: {Nested(5)}", Agreed));
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("six", $"Transform: AWS::LanguageExtensions\nResources: {Nested(6)}", Agreed));
    }

    // Measured on an account: a plain text keeps its placeholder, and so does &{Name} in Fn::Sub.
    [Fact]
    public async Task An_identifier_is_known_in_keys_in_Sub_and_in_Ref_only()
    {
        await using var bench = new Bench();
        await bench.Create("one", """
            Transform: AWS::LanguageExtensions
            Resources:
              Fn::ForEach::A:
                - Name
                - [a-b]
                - Topic&{Name}: {Type: AWS::SNS::Topic, Properties: {DisplayName: "${Name}", TopicName: !Sub "x-${Name}"}}
            Outputs:
              Text: {Value: {"Fn::ToJsonString": {"${Name}": 1}}}
            """, Agreed);
        var topic = await bench.Physical("one", "Topicab");
        Assert.EndsWith(":x-a-b", topic, StringComparison.Ordinal);
        Assert.Equal("${Name}", (await bench.Properties("AWS::SNS::Topic", topic))["DisplayName"]!.ToString());
        Assert.Equal("""{"${Name}":1}""", await bench.Output("one", "Text"));
    }

    [Fact]
    public async Task A_condition_of_a_loop_is_named_by_Sub()
    {
        await using var bench = new Bench();
        await bench.Create("bad", """
            Transform: AWS::LanguageExtensions
            Resources:
              Fn::ForEach::A: [Name, [a], {"T${Name}": {Type: AWS::SNS::Topic, Condition: "Is${Name}"}}]
            """, Agreed);
        Assert.Contains("bad CREATE_IN_PROGRESS Transform AWS::LanguageExtensions failed with: Key Is${Name} is missing in the map.",
            await bench.Events("bad"));
    }

    // Measured on an account, which answers it without the transform's name.
    [Fact]
    public async Task A_variable_is_not_named_by_another_one()
    {
        await using var bench = new Bench();
        await bench.Create("bad", """
            Transform: AWS::LanguageExtensions
            Parameters: {Topica: {Type: String, Default: x}}
            Resources:
              Fn::ForEach::A: [Name, [a], {"T${Name}": {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub "${Topic${Name}}"}}}]
            """, Agreed);
        Assert.Contains(await bench.Events("bad"), e => e.StartsWith(
            "bad ROLLBACK_IN_PROGRESS Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters,",
            StringComparison.Ordinal));
    }

    // Measured on an account.
    [Fact]
    public async Task Without_the_transform_a_loop_is_a_malformed_resource()
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Create("bad",
            "Resources: {Fn::ForEach::A: [X, [a], {'T${X}': {Type: AWS::SNS::Topic}}]}"));
        Assert.Equal("Template format error: [/Resources/Fn::ForEach::A] resource definition is malformed", refusal.Words);
    }

    [Fact]
    public async Task What_a_loop_makes_is_held_to_the_rules_of_every_template()
    {
        await using var bench = new Bench();
        await bench.Create("bad", """
            Transform: AWS::LanguageExtensions
            Resources:
              Fn::ForEach::A: [X, [a-b], {"T${X}": {Type: AWS::SNS::Topic}}]
            """, Agreed);
        Assert.Contains(
            "bad ROLLBACK_IN_PROGRESS Template format error: Resource name Ta-b is non alphanumeric. Rollback requested by user.",
            await bench.Events("bad"));
    }
}
