// What Pulumi's SDK does for the engine and for who debugs, and mocks have no use for. Tests with the real engine do without this file.
import * as pulumi from "@pulumi/pulumi";
import debuggable = require("@pulumi/pulumi/runtime/debuggable");

// Where in the program each resource is made: under tsx such a stack goes through the source maps.
(pulumi.Resource as unknown as { callsites: () => object[] }).callsites = () => [];

// A list of the promises that have not ended, for a report when the program ends. A plan that does not end fails by its time.
type Listing = (promise: Promise<unknown>) => Promise<unknown>;
(debuggable as unknown as { debuggablePromise: Listing }).debuggablePromise = (promise) => promise;
