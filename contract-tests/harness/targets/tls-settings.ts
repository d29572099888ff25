import { readFileSync } from "node:fs";
import { createSecureContext, rootCertificates, type SecureContextOptions } from "node:tls";
import { unreadableFile } from "../http/unreadable-file.ts";
import { TargetError } from "./target-error.ts";

/** Files and choices for a secure connection. */
export interface TlsFiles {
  /** PEM file of certificates that are trusted besides the usual ones. */
  readonly ca?: string;
  /** PEM file of the certificate that says who asks. */
  readonly cert?: string;
  /** PEM file of its key. */
  readonly key?: string;
  /** Take any certificate of the target's. Default false. */
  readonly insecure?: boolean;
}

export interface TlsSettings extends SecureContextOptions {
  readonly rejectUnauthorized?: boolean;
}

/**
 * What Node takes for a secure connection.
 *
 * @throws {TargetError} when a file can't be read or used, or one of a pair is missing
 */
export function tlsSettings({ ca, cert, key, insecure = false }: TlsFiles): TlsSettings {
  if ((cert === undefined) !== (key === undefined))
    throw new TargetError("--cert and --key go together: give both (the same file may contain both).");
  const settings: TlsSettings = {
    ...(ca === undefined ? {} : { ca: [...rootCertificates, pem(ca, "--ca", "CERTIFICATE")] }),
    ...(cert === undefined ? {} : { cert: pem(cert, "--cert", "CERTIFICATE") }),
    ...(key === undefined ? {} : { key: pem(key, "--key", "PRIVATE KEY") }),
    ...(insecure ? { rejectUnauthorized: false } : {}),
  };
  try {
    createSecureContext(settings);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unusable";
    throw new TargetError(
      `--ca, --cert and --key don't fit together (${code}): give PEM files that belong together.`,
    );
  }
  return settings;
}

function pem(file: string, option: string, kind: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new TargetError(
      `${option} ${file} can't be read (${unreadableFile(error)}): name an existing PEM file.`,
    );
  }
  if (new RegExp(`-----BEGIN [A-Z ]*${kind}-----`).test(text)) return text;
  throw new TargetError(
    `${option} ${file} contains no ${kind.toLowerCase()} in PEM form (-----BEGIN ${kind}-----).`,
  );
}
