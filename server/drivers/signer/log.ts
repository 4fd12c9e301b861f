import { closeSync, existsSync, fdatasync, openSync, readFileSync, writeSync } from 'node:fs';
import {
  AUDIT_START,
  AuditEntry,
  type AuditHead,
  chained,
  sha256Of,
} from '../../../firmware-protocol/content/audit.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { Claimed } from '../../../firmware-protocol/content/key-set.ts';

/** The signer's own book: a chain like the audit's (scripts/audit-verify.py reads it), in a file that only grows. */
export class SignerLog {
  readonly #file: number;
  #head: AuditHead;

  /** Goes on after the last whole line. */
  constructor(path: string) {
    this.#head = existsSync(path) ? headIn(readFileSync(path, 'utf8')) : AUDIT_START;
    this.#file = openSync(path, 'a', 0o600);
  }

  /** Written before the signature leaves, on the disk soon after: an alarm does not wait for a card. Throws as `fs`. */
  tell(key: string, { use, to }: Claimed, document: object): void {
    const by = 'by' in document && typeof document.by === 'string' ? document.by : 'server';
    const id = 'id' in document ? { id: document.id } : {};
    const entry = chained(this.#head, {
      ...{ at: instantOf(Date.now()), who: by, act: `sign/${use}`, outcome: 'done' },
      ...{ sha256: sha256Of(document), result: { key, to, ...id } },
    });
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    this.#head = entry;
    fdatasync(this.#file, () => {});
  }

  close(): void {
    closeSync(this.#file);
  }
}

function headIn(text: string): AuditHead {
  const lines = text.trimEnd().split('\n');
  for (const line of lines.reverse()) {
    try {
      return AuditEntry.parse(JSON.parse(line));
    } catch {
      // A line that a power cut tore: the chain goes on from the one before, and who checks it finds the place.
    }
  }
  return AUDIT_START;
}
