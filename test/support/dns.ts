// Route 53 of the sandbox's AWS API.
import { administrator, awsEndpoint, awsRegion, moto, run } from "../../sandbox";

/** Runs lines of Python with `route53`, a client of boto3. */
function python(lines: string[], ...args: string[]): Promise<string> {
    const { accessKeyId, secretAccessKey } = administrator();
    const program = ["import boto3, json, sys", "route53 = boto3.client('route53')", ...lines].join("\n");
    return run(moto.program("python"), ["-c", program, ...args], {
        env: {
            AWS_ENDPOINT_URL: awsEndpoint,
            AWS_DEFAULT_REGION: awsRegion,
            AWS_ACCESS_KEY_ID: accessKeyId,
            AWS_SECRET_ACCESS_KEY: secretAccessKey,
        },
    });
}

/** Makes a zone, with a record of somebody else's. Returns its id. */
export async function createZone(zone: string, foreign: string): Promise<string> {
    const answer = await python(
        [
            "zone, name = sys.argv[1:]",
            "id = route53.create_hosted_zone(Name=zone, CallerReference=zone)['HostedZone']['Id']",
            "record = {'Name': name, 'Type': 'A', 'TTL': 60, 'ResourceRecords': [{'Value': '192.0.2.1'}]}",
            "changes = {'Changes': [{'Action': 'CREATE', 'ResourceRecordSet': record}]}",
            "route53.change_resource_record_sets(HostedZoneId=id, ChangeBatch=changes)",
            "print(id)",
        ],
        zone,
        foreign,
    );
    return answer.trim();
}

/** Its records but those that every zone has, as "TYPE NAME", in order. */
export async function recordsOf(id: string): Promise<string[]> {
    const lines = [
        "records = route53.list_resource_record_sets(HostedZoneId=sys.argv[1])['ResourceRecordSets']",
        "print(json.dumps([[record['Type'], record['Name'].rstrip('.')] for record in records]))",
    ];
    const records = JSON.parse(await python(lines, id)) as [string, string][];
    return records
        .filter(([type]) => !["NS", "SOA"].includes(type))
        .map((record) => record.join(" "))
        .sort();
}

/** Removes a zone and all that is in it. */
export async function removeZone(id: string): Promise<void> {
    const lines = [
        "id = sys.argv[1]",
        "records = route53.list_resource_record_sets(HostedZoneId=id)['ResourceRecordSets']",
        "own = [record for record in records if record['Type'] not in ('NS', 'SOA')]",
        "changes = [{'Action': 'DELETE', 'ResourceRecordSet': record} for record in own]",
        "if changes: route53.change_resource_record_sets(HostedZoneId=id, ChangeBatch={'Changes': changes})",
        "route53.delete_hosted_zone(Id=id)",
    ];
    await python(lines, id);
}
