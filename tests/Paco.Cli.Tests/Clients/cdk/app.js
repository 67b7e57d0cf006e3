// An application of the CDK with what its users have most: a network, a bucket, a queue, a function with code of its own, rights.
// SECONDS is the edit between two deployments.
const cdk = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const lambda = require('aws-cdk-lib/aws-lambda');
const s3 = require('aws-cdk-lib/aws-s3');
const sqs = require('aws-cdk-lib/aws-sqs');

const app = new cdk.App();
const stack = new cdk.Stack(app, 'Shop', { env: { account: '111111111111', region: 'us-east-1' } });
const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const bucket = new s3.Bucket(stack, 'Bucket', { versioned: true, removalPolicy: cdk.RemovalPolicy.DESTROY });
const queue = new sqs.Queue(stack, 'Queue', { visibilityTimeout: cdk.Duration.seconds(Number(process.env.SECONDS)) });
const code = lambda.Code.fromAsset(`${__dirname}/function`);
const worker = new lambda.Function(stack, 'Worker', {
  runtime: lambda.Runtime.PYTHON_3_12, handler: 'worker.handle', code, environment: { QUEUE: queue.queueUrl },
});
queue.grantConsumeMessages(worker);
bucket.grantRead(worker);
new cdk.CfnOutput(stack, 'Network', { value: vpc.vpcId });
new cdk.CfnOutput(stack, 'Store', { value: bucket.bucketName });
