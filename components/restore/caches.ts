import * as pulumi from "@pulumi/pulumi";
import { names as appNames } from "../app/names";
import { isRollout } from "../delivery/workload";
import type { Resolved } from "../parts";
import { redisName } from "../redis/names";

/**
 * The command that makes the app forget what it has in its caches: it would go on answering with schemas that the restored database does
 * not hold. Redis first, as new pods would take it from there. The restore has no rights to do it: somebody runs it.
 */
export function emptyCaches(settings: Resolved): pulumi.Output<string> {
    const { namespace, redisMode, redisHost, redisPort, redisUser, redisTls, redisCaCertificates } = settings;
    const login = redisUser === "" ? "" : ` --user ${redisUser}`;
    const tls = redisTls ? ` --tls${redisCaCertificates === "" ? "" : " --cacert ca.pem"}` : "";
    const flush =
        redisMode === "external"
            ? pulumi.interpolate`redis-cli -h ${redisHost} -p ${redisPort}${tls}${login} --askpass flushall`
            : `kubectl -n ${namespace} exec ${redisName}-0 -- redis-cli flushall`;
    const restart = isRollout(settings)
        ? `kubectl argo rollouts -n ${namespace} restart ${appNames.app}`
        : `kubectl -n ${namespace} rollout restart deployment/${appNames.app}`;
    return pulumi.interpolate`${flush} && ${restart}`;
}
