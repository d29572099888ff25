/** Something that was given can't be used; `message` is one sentence for the person at the terminal: what, where, the way out. */
export class UserError extends Error {}
