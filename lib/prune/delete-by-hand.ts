/** What deletes packages without Cairn; both read ARNs, one a line, from `packages.txt`. */
export function deleteByHand(region: string): { name: string; text: string }[] {
  return [
    {
      name: 'AWS CLI',
      text: `while read -r arn; do
  aws sagemaker delete-model-package --region ${region} --model-package-name "$arn"
done < packages.txt`,
    },
    {
      name: 'Python',
      text: `import boto3

sagemaker = boto3.client("sagemaker", region_name="${region}")
for arn in open("packages.txt").read().split():
    sagemaker.delete_model_package(ModelPackageName=arn)`,
    },
  ];
}
