/** What stopped a command, in words that say all there is to say: it is shown without a stack trace. */
export class PlainError extends Error {}
