// The rules over Kubernetes, and over secrets.
require("../../dist/pack").serve("kubernetes");
