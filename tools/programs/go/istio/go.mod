module justdb.cloud/sandbox/go/istio

go 1.26.0

require istio.io/api v1.28.0
