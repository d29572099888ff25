/**
 * Which names of headers, cookies, parameters and properties carry a credential. A name is split into words
 * (`x-api-key`, `accessToken`, `client_secret`) and its last words decide, so that `token_type`, `max_tokens` and
 * `public_key` stay readable.
 */

const LAST_WORDS = new Set([
  ..."token tokens secret secrets password passwords passwd passphrase passcode pwd pin otp jwt".split(" "),
  ..."authorization auth cookie cookies credential credentials apikey signature session sessionid sid".split(
    " ",
  ),
]);

const LAST_TWO_WORDS = new Set([
  ..."api key,access key,private key,secret key,signing key,encryption key,session id".split(","),
]);

/** Counts and page marks: they end like a credential and are none. */
const HARMLESS =
  /^(max|min|num|total|used|prompt|completion|input|output|cached|page|next|previous|sync|continuation)_(\w+_)?tokens?$/;

/** `true` when a value under this name is to be kept out of every artifact. `extra` holds names in lower case. */
export function isSensitiveName(name: string, extra?: ReadonlySet<string>): boolean {
  if (extra?.has(name.toLowerCase()) === true) return true;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const last = words.at(-1);
  if (last === undefined || HARMLESS.test(words.join("_"))) return false;
  return LAST_WORDS.has(last) || LAST_TWO_WORDS.has(words.slice(-2).join(" "));
}

/** Stands in every text in which one of the usual names can stand, and in few others. */
const HINT =
  /token|secret|passw|passphrase|passcode|pwd|jwt|author|auth(?![a-z])|pin(?![a-z])|otp(?![a-z])|cookie|credential|key|signature|session|sid(?![a-z])/i;

export interface SensitiveNames {
  has(name: string): boolean;
  /** `false` when no sensitive name can stand in the text: much cheaper than looking for one. */
  mayStandIn(text: string): boolean;
}

/**
 * The usual names and those of `extra` (in lower case). Names repeat thousands of times in a run: each is decided
 * on once.
 */
export function sensitiveNames(extra: ReadonlySet<string> = new Set()): SensitiveNames {
  const known = new Map<string, boolean>();
  const hints = [...extra].map((name) => name.replace(/[^\w]/g, String.raw`\$&`));
  const further = hints.length === 0 ? undefined : new RegExp(hints.join("|"), "i");
  return {
    has(name) {
      let decision = known.get(name);
      if (decision === undefined) {
        decision = isSensitiveName(name, extra);
        if (known.size < 10_000) known.set(name, decision);
      }
      return decision;
    },
    mayStandIn: (text) => HINT.test(text) || further?.test(text) === true,
  };
}
