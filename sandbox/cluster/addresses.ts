// The addresses of the node. One bridge of its own carries them, since exec, logs and the kubernetes Service refuse loopback.
export const bridge = "justdb0";
export const podBridge = "justdb1";
export const nodeName = "sandbox";
export const nodeAddress = "10.250.0.1";
export const podCidr = "10.244.0.0/24";
export const serviceCidr = "10.96.0.0/16";
export const apiServiceAddress = "10.96.0.1";
export const dnsServiceAddress = "10.96.0.10";
export const apiServer = `https://${nodeAddress}:6443`;
export const etcdClient = "http://127.0.0.1:12379";
export const etcdPeer = "http://127.0.0.1:12380";
export const containerdState = "/run/justdb-sandbox";
export const containerdSocket = `${containerdState}/containerd.sock`;
export const cniNetwork = "justdb-sandbox";
