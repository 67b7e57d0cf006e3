// Pipelines across accounts as aws-cdk-lib writes them: what CdkTests compare ours with. synth writes its templates beside this file.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const cdk = require('aws-cdk-lib');
const flags = require('aws-cdk-lib/recommended-feature-flags.json');
const {
  aws_autoscaling: autoscaling, aws_codebuild: codebuild, aws_codecommit: codecommit, aws_codedeploy: codedeploy,
  aws_codepipeline: codepipeline, aws_codepipeline_actions: actions, aws_codestarnotifications: notifications, aws_ec2: ec2,
  aws_ecr: ecr, aws_elasticloadbalancingv2: balancing, aws_iam: iam, aws_lambda: lambda, aws_s3: s3, aws_sns: sns,
} = cdk;

const outdir = process.argv[2];
const app = new cdk.App({ outdir, context: flags, analyticsReporting: false });
const synthesizer = () => new cdk.DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
const stack = (name, account) => new cdk.Stack(app, name, { env: { account, region: 'us-west-2' }, synthesizer: synthesizer() });
const tools = stack('tools', '444444444444');
const code = stack('code', '555555555555');
const prod = stack('prod', '333333333333');

// ---- servers and a bucket to deploy to --------------------------------------------------------------------------------------

const vpc = (scope, name) => ec2.Vpc.fromVpcAttributes(scope, name, {
  vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['us-west-2a', 'us-west-2b'], privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
});
const serverRole = new iam.Role(prod, 'ServerRole', { roleName: 'servers', assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
const servers = new autoscaling.AutoScalingGroup(prod, 'Servers', {
  vpc: vpc(prod, 'Vpc'), role: serverRole, instanceType: new ec2.InstanceType('t3.micro'),
  machineImage: ec2.MachineImage.genericLinux({ 'us-west-2': 'ami-0123456789abcdef0' }), autoScalingGroupName: 'servers',
});
const targets = new balancing.ApplicationTargetGroup(prod, 'Targets', {
  vpc: vpc(prod, 'TargetsVpc'), port: 80, targets: [servers], targetGroupName: 'servers',
});
const application = new codedeploy.ServerApplication(prod, 'Application', { applicationName: 'site' });
const group = new codedeploy.ServerDeploymentGroup(prod, 'Group', {
  application, deploymentGroupName: 'servers', autoScalingGroups: [servers],
  loadBalancers: [codedeploy.LoadBalancer.application(targets)], installAgent: true,
});
const site = new s3.Bucket(prod, 'Site', { bucketName: 'the-site' });

// ---- repository, build and pipeline in tools, servers in prod -----------------------------------------------------------------

const commits = (scope, name) => new codecommit.Repository(scope, name, { repositoryName: name });
const build = (scope, name, more) => new codebuild.PipelineProject(scope, name, { projectName: name, ...more });
const source = (repository, output) => new actions.CodeCommitSourceAction({
  actionName: 'Source', repository, branch: 'main', output, trigger: actions.CodeCommitTrigger.EVENTS,
});
const pipeline = (name, stages) => new codepipeline.Pipeline(tools, name, {
  pipelineName: name, crossAccountKeys: true, pipelineType: codepipeline.PipelineType.V2, stages,
});

const [brought, made] = [new codepipeline.Artifact('Source'), new codepipeline.Artifact('Build')];
const topic = new sns.Topic(tools, 'Told', { topicName: 'told' });
const onServers = pipeline('servers', [
  { stageName: 'Source', actions: [source(commits(tools, 'site'), brought)] },
  { stageName: 'Build', actions: [new actions.CodeBuildAction({ actionName: 'Build', project: build(tools, 'site-build'), input: brought, outputs: [made] })] },
  {
    stageName: 'Deploy',
    actions: [
      new actions.ManualApprovalAction({ actionName: 'Agree', notificationTopic: topic, runOrder: 1 }),
      new actions.CodeDeployServerDeployAction({ actionName: 'Deploy', input: made, deploymentGroup: group, runOrder: 2 }),
    ],
  },
]);
onServers.artifactBucket.grantRead(serverRole);
onServers.notifyOnExecutionStateChange('Notifications', topic);

// ---- repository in a third account, build in a VPC, a bucket of another account -----------------------------------------------

const [fetched, built] = [new codepipeline.Artifact('Fetched'), new codepipeline.Artifact('Built')];
const inVpc = build(tools, 'static-build', { vpc: vpc(tools, 'BuildVpc') });
pipeline('static', [
  { stageName: 'Source', actions: [source(commits(code, 'static'), fetched)] },
  { stageName: 'Build', actions: [new actions.CodeBuildAction({ actionName: 'Build', project: inVpc, input: fetched, outputs: [built] })] },
  { stageName: 'Deploy', actions: [new actions.S3DeployAction({ actionName: 'Deploy', input: built, bucket: site })] },
]);

// ---- a connection and images as sources, a batch, a function ------------------------------------------------------------------

const [linked, image] = [new codepipeline.Artifact('Linked'), new codepipeline.Artifact('Image')];
const invoked = new lambda.Function(tools, 'Invoked', {
  functionName: 'invoked', runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => 1;'),
});
const batched = build(tools, 'linked-build');
batched.enableBatchBuilds();
pipeline('linked', [
  {
    stageName: 'Source',
    actions: [
      new actions.CodeStarConnectionsSourceAction({
        actionName: 'Source', owner: 'shop', repo: 'site', branch: 'main', output: linked,
        connectionArn: 'arn:aws:codeconnections:us-west-2:444444444444:connection/c-1',
      }),
      new actions.EcrSourceAction({
        actionName: 'Images', output: image, imageTag: 'latest',
        repository: new ecr.Repository(tools, 'Images', { repositoryName: 'images' }),
      }),
    ],
  },
  { stageName: 'Build', actions: [new actions.CodeBuildAction({ actionName: 'Build', project: batched, input: linked, executeBatchBuild: true })] },
  { stageName: 'Invoke', actions: [new actions.LambdaInvokeAction({ actionName: 'Invoke', lambda: invoked })] },
]);

for (const { stackName, environment, template } of app.synth().stacks) {
  fs.writeFileSync(path.join(__dirname, `${environment.account}.${stackName}.json`), `${JSON.stringify({ Resources: template.Resources }, null, 1)}\n`);
}
