// Programs that take a password by a flag whose name does not tell, or by its place: `curl -u user:password`, `rabbitmqctl add_user name password`.

export interface Program {
    name: RegExp;
    /** Flags with a password, or with a user and a password. */
    flags?: string[];
    /** The argument that is the password, or a user and a password: the first is 0, the last -1. */
    argument?: number;
    /** The flag, or argument, takes a user and, after this, a password. */
    after?: string;
    /** The password can only follow the flag at once, as `-p` alone asks for one. */
    attached?: boolean;
    /** A word that must come soon after the program's name. */
    subcommand?: RegExp;
}

export const programs: Program[] = [
    { name: /^curl$/, flags: ["-u", "--user", "-U", "--proxy-user"], after: ":" },
    { name: /^(?:https?|xhs?)$/, flags: ["-a", "--auth"], after: ":" },
    { name: /^etcdctl$/, flags: ["--user"], after: ":" },
    { name: /^smbclient$/, flags: ["-U", "--user"], after: "%" },
    { name: /^lftp$/, flags: ["-u", "--user"], after: "," },
    { name: /^(?:mysql\w*|mariadb[\w-]*|mariabackup|xtrabackup|7z[ar]?)$/, flags: ["-p"], attached: true },
    { name: /^mongo(?:sh|dump|restore|export|import|stat|top|files)?$/, flags: ["-p"] },
    { name: /^(?:cqlsh|cypher-shell|rabbitmqadmin|beeline|sshpass)$/, flags: ["-p"] },
    { name: /^(?:redis|valkey|keydb)-(?:cli|benchmark)$/, flags: ["-a", "--pass"] },
    { name: /^ldap(?:search|add|modify|passwd|delete|whoami|compare|modrdn)$/, flags: ["-w"] },
    { name: /^(?:sqlcmd|bcp|osql|zip|unzip|ipmitool)$/, flags: ["-P"] },
    { name: /^snmp(?:get|getnext|walk|bulkwalk|bulkget|set|trap|inform|table)$/, flags: ["-A", "-X"] },
    { name: /^mosquitto_(?:pub|sub|rr)$/, flags: ["-P", "--pw"] },
    {
        name: /^(?:docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|argocd|oc)$/,
        flags: ["-p"],
        subcommand: /^login$/,
    },
    { name: /^openssl$/, flags: ["-pass", "-passin", "-passout"], after: "pass:" },
    { name: /^rabbitmqctl$/, argument: 1, subcommand: /^(?:add_user|change_password)$/ },
    { name: /^mc$/, argument: 3, subcommand: /^(?:set|add)$/ },
    { name: /^(?:htpasswd|mosquitto_passwd)$/, argument: -1, subcommand: /^-\w*b/ },
    { name: /^neo4j-admin$/, argument: 0, subcommand: /^set-initial-password$/ },
    { name: /^grafana(?:-cli)?$/, argument: 0, subcommand: /^reset-admin-password$/ },
    { name: /^sqlplus$/, argument: 0, after: "/" },
];

/** Whether a text may have one of them, so that it is worth taking apart. */
export const anyProgram =
    /\b(?:curl|https?|xhs?|etcdctl|smbclient|lftp|mysql|mariadb|mariabackup|xtrabackup|7z|mongo|cqlsh|cypher-shell|rabbitmq|beeline|sshpass|redis|valkey|keydb|ldap|sqlcmd|bcp|osql|zip|unzip|ipmitool|snmp|mosquitto_|docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|argocd|oc|openssl|mc|htpasswd|neo4j-admin|grafana|sqlplus)/;
