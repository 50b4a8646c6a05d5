// Kubernetes' Pod Security Standards alone.
require("../../dist/pack").serve("pod-security");
