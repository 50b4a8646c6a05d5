// How the provider goes on with an object that is there already: one of an update that was killed, of a stack whose state was lost, one
// that was retained. Annotations, which it reads.
import type { Labels } from "./labels";

/** What others own is overwritten. For an object of which the program ignores a field: a new manager would leave that to nobody. */
export const forced: Labels = { "pulumi.com/patchForce": "true" };

/** One manager for good: who takes over owns what was owned, and so can also take it away. The provider draws another at each creation. */
export const takenOver: Labels = { ...forced, "pulumi.com/patchFieldManager": "justdb-cloud" };
