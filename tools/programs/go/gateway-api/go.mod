module justdb.cloud/sandbox/go/gateway-api

go 1.26

require sigs.k8s.io/gateway-api v1.5.0 // indirect
