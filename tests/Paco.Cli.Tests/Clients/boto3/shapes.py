"""What a cloud's CloudFormation answers, as members and not as values: shapes.py ENDPOINT

The same calls, whatever cloud answers. A line is an operation, a member boto3 found in its answer, and for statuses the value.
"""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

cloud = boto3.client(
    "cloudformation",
    endpoint_url=sys.argv[1],
    region_name="us-west-2",
    aws_access_key_id="sandbox",
    aws_secret_access_key="sandbox",
    config=Config(retries={"total_max_attempts": 1}),
)
STATUSES = ("StackStatus", "ResourceStatus", "Status", "ExecutionStatus", "StackDriftStatus", "Action", "Replacement")


def topic(words, **more):
    return {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": words}, **more}


PLAIN = json.dumps({"Resources": {"Topic": topic("a")}})
WHOLE = {
    "Description": "A topic",
    "Parameters": {"Words": {"Type": "String", "Default": "a", "Description": "What it shows"}},
    "Resources": {"Topic": topic({"Ref": "Words"}, Metadata={"Owner": "shop"})},
    "Outputs": {"Arn": {"Value": {"Ref": "Topic"}, "Description": "Its ARN", "Export": {"Name": "topic"}}},
}
USER = json.dumps({"Resources": {"Topic": topic({"Fn::ImportValue": "topic"})}})
MORE = json.dumps({**WHOLE, "Resources": {**WHOLE["Resources"], "Second": topic("b")}})
B = [{"ParameterKey": "Words", "ParameterValue": "b"}]


def members(value, path=""):
    if isinstance(value, dict):
        for name, item in value.items():
            below = f"{path}.{name}" if path else name
            yield f"{below}={item}" if name in STATUSES else below
            yield from members(item, below)
    elif isinstance(value, list):
        for item in value:
            yield from members(item, f"{path}[]")


def ask(name, operation, **arguments):
    try:
        answer = getattr(cloud, operation)(**arguments)
    except ClientError as error:
        print(f"{name} refused={error.response['Error']['Code']}")
        return
    except ResponseParserError:
        print(f"{name} broken")
        return
    answer.pop("ResponseMetadata")
    # A template is the caller's own text.
    answer.pop("TemplateBody", None)
    print(f"{name} answered")
    for member in sorted(set(members(answer))):
        print(f"{name} {member}")


ask("CreateStack", "create_stack", StackName="plain", TemplateBody=PLAIN)
ask("DescribeStacks(plain)", "describe_stacks", StackName="plain")
ask("CreateStack(again)", "create_stack", StackName="plain", TemplateBody=PLAIN)
ask(
    "CreateStack(whole)", "create_stack", StackName="whole", TemplateBody=json.dumps(WHOLE), Parameters=B, Capabilities=["CAPABILITY_IAM"],
    Tags=[{"Key": "team", "Value": "shop"}],
)
ask("DescribeStacks(whole)", "describe_stacks", StackName="whole")
ask("DescribeStacks(unknown)", "describe_stacks", StackName="unknown")
ask("CreateStack(user)", "create_stack", StackName="user", TemplateBody=USER)
ask("ListStacks", "list_stacks", StackStatusFilter=["CREATE_COMPLETE"])
ask("DescribeStackEvents", "describe_stack_events", StackName="whole")
ask("DescribeStackResources", "describe_stack_resources", StackName="whole")
ask("DescribeStackResource", "describe_stack_resource", StackName="whole", LogicalResourceId="Topic")
ask("ListStackResources", "list_stack_resources", StackName="whole")
ask("GetTemplate", "get_template", StackName="whole")
ask("GetTemplateSummary", "get_template_summary", TemplateBody=json.dumps(WHOLE))
ask("ValidateTemplate", "validate_template", TemplateBody=json.dumps(WHOLE))
ask("ListExports", "list_exports")
ask("CreateChangeSet", "create_change_set", StackName="whole", ChangeSetName="more", TemplateBody=MORE, Parameters=B)
ask("DescribeChangeSet", "describe_change_set", StackName="whole", ChangeSetName="more")
ask("ListChangeSets", "list_change_sets", StackName="whole")
ask("ExecuteChangeSet", "execute_change_set", StackName="whole", ChangeSetName="more")
ask("DescribeStacks(changed)", "describe_stacks", StackName="whole")
ask("UpdateStack(same)", "update_stack", StackName="whole", TemplateBody=MORE, Parameters=B)
ask("DeleteStack", "delete_stack", StackName="plain")
ask("DescribeStacks(deleted)", "describe_stacks", StackName="plain")
ask("ListStacks(deleted)", "list_stacks", StackStatusFilter=["DELETE_COMPLETE"])
