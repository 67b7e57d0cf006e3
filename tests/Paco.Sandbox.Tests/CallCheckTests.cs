namespace Paco.Sandbox.Tests;

/// <summary>What is refused at the call, before a stack is touched, in the words that AWS was recorded with.</summary>
public sealed class CallCheckTests
{
    private const string Topic = "Resources: {T: {Type: AWS::SNS::Topic}}";

    // "Unresolved resource dependencies […] in the Outputs block of the template": recorded of CreateStack (getmoto/moto, where an output
    // names a role whose condition is false); the Resources block has another beginning (serverless #4535).
    // "Unable to get mapping for …": recorded of CreateChangeSet (localstack, test_mapping_with_nonexisting_key).
    [Theory]
    [InlineData("Outputs: {O: {Value: !Ref Off}}", "Unresolved resource dependencies [Off] in the Outputs block of the template")]
    [InlineData("Outputs: {O: {Value: !GetAtt Off.TopicName}, P: {Value: !Sub 'x-${Gone}'}}",
        "Unresolved resource dependencies [Off, Gone] in the Outputs block of the template")]
    [InlineData("Outputs: {O: {Value: 1, Export: {Name: !Ref Off}}}",
        "Unresolved resource dependencies [Off] in the Outputs block of the template")]
    [InlineData("  U: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Off}}",
        "Template format error: Unresolved resource dependencies [Off] in the Resources block of the template")]
    [InlineData("  U: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [Never, x, !GetAtt Off.TopicName]}}",
        "Template format error: Unresolved resource dependencies [Off] in the Resources block of the template")]
    [InlineData("  U: {Type: AWS::SNS::Topic, Properties: {DisplayName: !FindInMap [M, !Ref 'AWS::Region', Name]}}",
        "Template error: Unable to get mapping for M::us-west-2::Name")]
    [InlineData("Rules: {}\nMetadata: {}\nOutputs: {O: {Value: !Select [2, [a, b]]}}",
        "Template error: Fn::Select cannot select nonexistent value at index 2")]
    [InlineData("Outputs: {O: {Value: !FindInMap [M, here, Else]}}", "Template error: Unable to get mapping for M::here::Else")]
    public async Task What_comes_to_nothing_with_these_parameters_is_refused(string part, string words)
    {
        var template = $$"""
            Mappings: {M: {here: {Name: x} } }
            Conditions: {Never: !Equals [a, b]}
            Resources:
              T: {Type: AWS::SNS::Topic}
              Off: {Type: AWS::SNS::Topic, Condition: Never}
              Gone: {Type: AWS::SNS::Topic, Condition: Never}
            {{part}}
            """;
        await using var bench = new Bench();
        await bench.Create("there", Topic);
        foreach (var call in new[]
        {
            new[] { "CreateStack", "StackName=s" },
            ["CreateChangeSet", "StackName=s", "ChangeSetName=c", "ChangeSetType=CREATE"],
            ["UpdateStack", "StackName=there"],
            ["CreateChangeSet", "StackName=there", "ChangeSetName=c"],
        })
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn(call[0], [.. call[1..], $"TemplateBody={template}"]));
            Assert.Equal((400, "ValidationError", words), (refusal.Status, refusal.Code, refusal.Words));
        }

        // It is not known without parameters; and nothing is left behind.
        await bench.Cfn("ValidateTemplate", $"TemplateBody={template}");
        Assert.Equal("CREATE_COMPLETE", await bench.Status("there"));
        await Assert.ThrowsAsync<Refusal>(() => bench.Stack("s"));
    }

    [Fact]
    public async Task What_no_branch_that_is_taken_names_may_be_left_out()
    {
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("s", """
            Conditions: {Never: !Equals [a, b]}
            Resources:
              Off: {Type: AWS::SNS::Topic, Condition: Never, Properties: {DisplayName: !Ref Gone}}
              Gone: {Type: AWS::SNS::Topic, Condition: Never}
              T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [Never, !Ref Off, on]}}
            Outputs:
              O: {Value: !Ref Off, Condition: Never}
              P: {Value: !If [Never, !Ref Off, !Ref T]}
            """));
    }

    // The names in common: cfn-lint #1689. Operands of conditions: cfn-lint's table of AWS's answers, and forums. Maps: senza's guide.
    // The others: localstack, test_validations and test_mappings.
    [Theory]
    [InlineData("Parameters: {Name: {Type: String, Default: x}}\nResources: {Name: {Type: AWS::SNS::Topic}}",
        "Template error: all resources and parameters must have unique names. Common name(s):[Name]")]
    [InlineData($"Conditions: {{C: !Equals [a]}}\n{Topic}",
        "Template error: every Fn::Equals object requires a list of 2 string parameters.")]
    [InlineData($"Conditions: {{C: !Not [!Equals [a, b, c]]}}\n{Topic}",
        "Template error: every Fn::Equals object requires a list of 2 string parameters.")]
    [InlineData($"Conditions: {{C: !And [!Equals [a, b]]}}\n{Topic}",
        "Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.")]
    [InlineData("Resources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !FindInMap [Nope, a, b]}}}",
        "Template error: Mapping named 'Nope' is not present in the 'Mappings' section of template.")]
    [InlineData("Resources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [Nope, a, b]}}}",
        "Template error: unresolved condition dependency Nope in Fn::If")]
    [InlineData($"Mappings: {{M: {{A: x}}}}\n{Topic}", "Template format error: Every Mappings member A must be a map")]
    [InlineData($"Mappings: {{M: {{A: {{B: {{C: x}}}}}}}}\n{Topic}",
        "Template format error: Every Mappings attribute must be a String or a List.")]
    [InlineData($"{Topic}\nOutputs: {{O: {{Value: }}}}", "[/Outputs/O/Value] 'null' values are not allowed in templates")]
    [InlineData($"{Topic}\nOutputs: {{O: {{Description: x}}}}", "Template format error: Every Outputs member must contain a Value object")]
    [InlineData("Resources: {A: {Type: AWS::SNS::Topic, Invalid: x}}", "Invalid template resource property 'Invalid'")]
    public async Task What_no_parameter_can_mend_is_refused_by_ValidateTemplate_too(string template, string words)
    {
        await using var bench = new Bench();
        foreach (var call in new[] { new[] { "ValidateTemplate" }, ["CreateStack", "StackName=s"] })
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn(call[0], [.. call[1..], $"TemplateBody={template}"]));
            Assert.Equal(("ValidationError", words), (refusal.Code, refusal.Words));
        }
    }

    // getmoto/moto, create_change_set.
    [Theory]
    [InlineData("UpdateStack")]
    [InlineData("CreateChangeSet")]
    public async Task A_template_is_given_in_one_way(string operation)
    {
        await using var bench = new Bench();
        await bench.Create("s", Topic);
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn(operation, "StackName=s", "ChangeSetName=c",
            "UsePreviousTemplate=true", $"TemplateBody={Topic}"));
        Assert.Equal("You cannot specify both usePreviousTemplate and Template Body/Template URL.", refusal.Words);
    }

    // localstack, test_update_with_resource_types: the first is no pattern to AWS, the second one that the topic is not of.
    [Theory]
    [InlineData("AWS::EC2:*", false)]
    [InlineData("AWS::EC2::*", false)]
    [InlineData("AWS::SNS::TopicPolicy", false)]
    [InlineData("AWS::SNS::Topic", true)]
    [InlineData("AWS::SNS::*", true)]
    [InlineData("AWS::*", true)]
    public async Task A_template_keeps_to_the_types_the_request_names(string type, bool allowed)
    {
        await using var bench = new Bench();
        await bench.Create("there", Topic);
        foreach (var call in new[]
        {
            new[] { "CreateStack", "StackName=s" },
            ["UpdateStack", "StackName=there", "Tags.member.1.Key=a", "Tags.member.1.Value=b"],
            ["CreateChangeSet", "StackName=new", "ChangeSetName=c", "ChangeSetType=CREATE"],
        })
        {
            var asked = bench.Cfn(call[0], [.. call[1..], $"TemplateBody={Topic}", $"ResourceTypes.member.1={type}"]);
            if (allowed)
            {
                await asked;
            }
            else
            {
                Assert.Equal($"Resource type AWS::SNS::Topic is not allowed by parameter ResourceTypes [{type}]",
                    (await Assert.ThrowsAsync<Refusal>(() => asked)).Words);
            }
        }
    }

    // localstack, test_stack_policies: no JSON, another principal, another action; the words are the same for all.
    // The last is what SetStackPolicy says of a resource that is not in the template.
    [Theory]
    [InlineData("gibberish", "Invalid stack policy")]
    [InlineData("[]", "Invalid stack policy")]
    [InlineData("""{"Statements": []}""", "Invalid stack policy")]
    [InlineData("""{"Statement": {"Effect": "Deny", "Action": "Update:*", "Principal": "somebody", "Resource": "*"}}""",
        "Invalid stack policy")]
    [InlineData("""{"Statement": {"Effect": "Deny", "Action": "Delete:*", "Principal": "*", "Resource": "*"}}""", "Invalid stack policy")]
    [InlineData("""{"Statement": {"Effect": "Maybe", "Action": "Update:*", "Principal": "*", "Resource": "*"}}""", "Invalid stack policy")]
    [InlineData("""{"Statement": {"Effect": "Deny", "Action": "Update:*", "Principal": "*"}}""", "Invalid stack policy")]
    [InlineData("""{"Statement": {"Effect": "Deny", "Action": "Update:*", "Principal": "*", "Resource": "T"}}""", "Invalid stack policy")]
    [InlineData("""{"Statement": {"Effect": "Deny", "Action": "Update:*", "Principal": "*", "Resource": "LogicalResourceId/X"}}""",
        "Unknown logical id 'LogicalResourceId/X' in statement {} - stack policies can only be applied to logical ids referenced in the template")]
    public async Task What_is_no_stack_policy_is_refused(string policy, string words)
    {
        await using var bench = new Bench();
        await bench.Create("there", Topic);
        foreach (var call in new[]
        {
            new[] { "CreateStack", "StackName=s", $"TemplateBody={Topic}", $"StackPolicyBody={policy}" },
            ["UpdateStack", "StackName=there", $"TemplateBody={Topic}", $"StackPolicyBody={policy}"],
            ["UpdateStack", "StackName=there", $"TemplateBody={Topic}", $"StackPolicyDuringUpdateBody={policy}"],
            ["SetStackPolicy", "StackName=there", $"StackPolicyBody={policy}"],
        })
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn(call[0], call[1..]));
            Assert.Equal(("ValidationError", $"Error validating stack policy: {words}"), (refusal.Code, refusal.Words));
        }
    }

    // localstack, test_policy_lifecycle, test_set_policy_both_policy_and_url, test_set_policy_with_url.
    [Fact]
    public async Task A_stack_policy_may_be_empty_and_may_lie_in_S3()
    {
        await using var bench = new Bench();
        await bench.Create("s", Topic);
        await bench.Cfn("SetStackPolicy", "StackName=s", "StackPolicyBody={}");
        Assert.Equal("{}", (await bench.Cfn("GetStackPolicy", "StackName=s")).Descendants("StackPolicyBody").Single().Value);

        const string Policy =
            """{"Statement": [{"Effect": "Allow", "Action": ["Update:Modify"], "Principal": "*", "NotResource": "LogicalResourceId/T*"}]}""";
        const string Url = "StackPolicyURL=https://policies.s3.us-west-2.amazonaws.com/p.json";
        await bench.S3(HttpMethod.Put, "policies",
            "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>");
        await bench.S3(HttpMethod.Put, "policies/p.json", Policy);
        await bench.Cfn("SetStackPolicy", "StackName=s", Url);
        Assert.Equal(Policy, (await bench.Cfn("GetStackPolicy", "StackName=s")).Descendants("StackPolicyBody").Single().Value);
        var both = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("SetStackPolicy", "StackName=s", Url, "StackPolicyBody={}"));
        Assert.Equal("You cannot specify both StackPolicyURL and StackPolicyBody", both.Words);
    }
}
