"""Stacks made, changed and deleted with boto3, waiting as its own waiters do: waiters.py ENDPOINT

Every line is a step and how it ended: what a waiter was content with, or what it gave up at.
"""

import json
import sys

import boto3
from botocore.exceptions import WaiterError

cloud = boto3.client(
    "cloudformation",
    endpoint_url=sys.argv[1],
    region_name="us-west-2",
    aws_access_key_id="sandbox",
    aws_secret_access_key="sandbox",
)


def template(timeout=30, export=False):
    body = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": timeout}}}}
    if export:
        body["Outputs"] = {"Name": {"Value": "queue", "Export": {"Name": "queue"}}}
    return json.dumps(body)


IMPORTER = json.dumps(
    {
        "Resources": {
            "Parameter": {
                "Type": "AWS::SSM::Parameter",
                "Properties": {"Type": "String", "Value": {"Fn::ImportValue": "queue"}},
            }
        }
    }
)


def wait(name, **arguments):
    """The last answer a waiter looked at, in a word: a status, or the code of an error."""
    waiter = cloud.get_waiter(name)
    try:
        waiter.wait(WaiterConfig={"Delay": 0, "MaxAttempts": 5}, **arguments)
    except WaiterError as gave_up:
        answer = gave_up.last_response
        seen = answer["Stacks"][0]["StackStatus"] if "Stacks" in answer else answer.get("Status") or answer["Error"]["Code"]
        return f"gave up at {seen}"
    return "content"


def step(name, ended):
    print(f"{name}: {ended}")


created = cloud.create_stack(StackName="shop", TemplateBody=template(export=True))["StackId"]
step("stack_exists", wait("stack_exists", StackName="shop"))
step("stack_create_complete", wait("stack_create_complete", StackName="shop"))

cloud.create_change_set(StackName="shop", ChangeSetName="longer", TemplateBody=template(60, export=True))
step("change_set_create_complete", wait("change_set_create_complete", StackName="shop", ChangeSetName="longer"))
cloud.execute_change_set(StackName="shop", ChangeSetName="longer")
step("stack_update_complete", wait("stack_update_complete", StackName="shop"))
cloud.create_change_set(StackName="shop", ChangeSetName="same", TemplateBody=template(60, export=True))
step("change_set_create_complete of no change", wait("change_set_create_complete", StackName="shop", ChangeSetName="same"))

cloud.create_stack(StackName="user", TemplateBody=IMPORTER)
step("stack_create_complete of a user", wait("stack_create_complete", StackName="user"))
cloud.delete_stack(StackName="shop")
step("stack_delete_complete of what is in use", wait("stack_delete_complete", StackName="shop"))

cloud.update_stack(StackName="shop", TemplateBody=template(-1, export=True))
step("stack_rollback_complete", wait("stack_rollback_complete", StackName="shop"))
step("stack_update_complete of what went back", wait("stack_update_complete", StackName="shop"))

cloud.create_stack(StackName="bad", TemplateBody=template(-1))
step("stack_create_complete of what fails", wait("stack_create_complete", StackName="bad"))

# What its stack kept is taken over by another.
KEPT = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "DeletionPolicy": "Retain", "Properties": {"QueueName": "kept"}}}}
cloud.create_stack(StackName="keeper", TemplateBody=json.dumps(KEPT))
address = cloud.describe_stack_resource(StackName="keeper", LogicalResourceId="Queue")["StackResourceDetail"]["PhysicalResourceId"]
cloud.delete_stack(StackName="keeper")
wait("stack_delete_complete", StackName="keeper")
queue = {"ResourceType": "AWS::SQS::Queue", "LogicalResourceId": "Queue", "ResourceIdentifier": {"QueueUrl": address}}
cloud.create_change_set(
    StackName="taken", ChangeSetName="take", ChangeSetType="IMPORT", ResourcesToImport=[queue], TemplateBody=json.dumps(KEPT)
)
step("change_set_create_complete of an import", wait("change_set_create_complete", StackName="taken", ChangeSetName="take"))
cloud.execute_change_set(StackName="taken", ChangeSetName="take")
step("stack_import_complete", wait("stack_import_complete", StackName="taken"))

cloud.delete_stack(StackName="user")
step("stack_delete_complete", wait("stack_delete_complete", StackName="user"))
cloud.delete_stack(StackName="shop")
step("stack_delete_complete by id", wait("stack_delete_complete", StackName=created))
step("stack_update_complete of what is gone", wait("stack_update_complete", StackName="shop"))
