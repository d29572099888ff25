/** An input can't be used; `message` is one sentence for the person at the terminal: what, where, how to fix it. */
export class UserError extends Error {}
