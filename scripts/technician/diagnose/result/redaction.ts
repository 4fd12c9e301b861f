import type { Visit } from '../visit.ts';

/** What is shown in place of a secret. */
export const TAKEN_OUT = '[taken-out]';

/** Members of configurations and logs that are never shown, whatever they hold. */
const SECRET_NAMES =
  /pass(word|phrase|wd)?$|secret|seed|token|^code$|private|credential|psk|^pin$|api_?key|authorization|cookie/i;

/** Such a name and its colon, also in JSON that was written into JSON: `{\"psk\":\"…`. */
const SECRET_NAME = '(\\b\\w*(?:password|passphrase|passwd|secret|token|psk|seed)\\\\*["\']?\\s*[:=]\\s*)';

/** In free text: what stands in an address before the @, after a name that says it is secret, in a PEM, in a link of the page. */
const SECRET_PATTERNS: [RegExp, string][] = [
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@:"']*(:[^\s/@"']*)?@/gi, `$1${TAKEN_OUT}@`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, TAKEN_OUT],
  [/\b(authorization\s*[:=]\s*(?:basic|bearer)?\s*)[^\s"',}]+/gi, `$1${TAKEN_OUT}`],
  [new RegExp(`${SECRET_NAME}(\\\\*["'])(?:(?!\\2)[\\s\\S])*`, 'gi'), `$1$2${TAKEN_OUT}`],
  [new RegExp(`${SECRET_NAME}(?![\\[\\\\"'])[^\\s"',}\\\\]+`, 'gi'), `$1${TAKEN_OUT}`],
  // Enrolment codes: four groups of five.
  [/\b[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{5}){3}\b/gi, TAKEN_OUT],
];

/** Shorter ones would take out half of every text that holds them by chance. */
const LEAST_SECRET = 6;

/**
 * Takes secrets out of whatever leaves the box: those that are known, in every writing in which they may stand, and whatever
 * looks like one.
 */
export class Redaction {
  readonly #known: string[];

  /** `secrets`: the password, the seed, the code, as they are. */
  constructor(secrets: (string | undefined)[]) {
    const known = secrets.filter((secret) => secret !== undefined && secret.length >= LEAST_SECRET);
    this.#known = [...new Set(known.flatMap((secret) => writingsOf(secret ?? '')))].sort(
      (one, other) => other.length - one.length,
    );
  }

  text(text: string): string {
    let clean = text;
    for (const secret of this.#known) clean = clean.replaceAll(secret, TAKEN_OUT);
    for (const [pattern, put] of SECRET_PATTERNS) clean = clean.replace(pattern, put);
    return clean;
  }

  /** A document as JSON: secret members are taken out by name, and every text is cleaned. */
  json(document: unknown): string {
    const clean = (key: string, value: unknown) => {
      if (key !== '' && SECRET_NAMES.test(key)) return TAKEN_OUT;
      return typeof value === 'string' ? this.text(value) : value;
    };
    return `${JSON.stringify(document, clean, 2)}\n`;
  }
}

/** Everything of a hall that only the hall may know. */
export function secretsOf({ config, identity }: Pick<Visit, 'config' | 'identity'>): (string | undefined)[] {
  // HTTP Basic, as a careless log would have it.
  const basic = identity && Buffer.from(`${identity.device}:${identity.password}`).toString('base64');
  return [config.code, identity?.password, identity?.seed, basic];
}

/** As it is, in an address, in JSON, in base64 (alone, and behind a name and a colon: HTTP Basic). */
function writingsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
    Buffer.from(secret).toString('hex'),
  ];
}
