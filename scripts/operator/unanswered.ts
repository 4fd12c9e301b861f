import type { RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import type { Words } from '../cli/words.ts';
import { Failed } from '../cli.ts';
import { CONNECTION_LOST } from './client-failures.ts';

/**
 * Ends that leave open whether it was done: nobody answered, or the answer cannot be read; or the server does not know what its
 * database has stored, or stumbled on the way.
 */
const OPEN_ENDS: ReadonlySet<string> = new Set([
  ...[CONNECTION_LOST, 'no-answer', 'not-understood', 'interrupted'],
  ...['database-down', 'internal'],
]);

export function mayBeDone(error: unknown): error is Failed {
  return error instanceof Failed && OPEN_ENDS.has(error.code);
}

const HARMLESS: Words = {
  en: 'Whether it was done is not known. The same command may be given again: twice does no harm.',
  th: 'ไม่ทราบว่าทำไปแล้วหรือไม่ ใช้คำสั่งเดิมซ้ำได้ ทำสองครั้งไม่มีผลเสีย',
};
const SAID_TWICE: Words = {
  en: 'Whether it was sent is not known. Look at the halls first (prakat watch --once): given again it may be announced twice.',
  th: 'ไม่ทราบว่าส่งไปแล้วหรือไม่ ดูหอก่อน (prakat watch --once) หากสั่งซ้ำอาจประกาศสองครั้ง',
};

interface Change {
  /** Members with which the request changes something; none named = it always does. */
  by?: readonly string[];
  /** It only looks. */
  unless?: string;
  again: Words;
}

/** What changes something, and what is to be said where nobody knows whether it did. A push says it itself: it has an id. */
const CHANGES: Partial<Record<RequestName, Change>> = {
  stop: { again: HARMLESS },
  retry: { again: SAID_TWICE },
  approve: { again: HARMLESS },
  refuse: { again: HARMLESS },
  alert: { by: ['decision'], again: HARMLESS },
  programme: { by: ['entries'], again: HARMLESS },
  draft: { by: ['entries', 'slots', 'discard'], unless: 'look_only', again: HARMLESS },
  publish: { unless: 'dry_run', again: HARMLESS },
  adopt: { unless: 'dry_run', again: HARMLESS },
  calendar: { by: ['csv_base64', 'remove'], again: HARMLESS },
  places: { by: ['csv', 'csv_base64'], unless: 'dry_run', again: HARMLESS },
  groups: { by: ['title', 'areas', 'remove'], again: HARMLESS },
  library: { by: ['change'], again: HARMLESS },
  templates: { by: ['change'], again: HARMLESS },
  people: { by: ['change'], again: HARMLESS },
  enrol: { again: HARMLESS },
  import: { again: HARMLESS },
};

/** The end of a request; where it may have been done, with what to do about it. */
export function toldOpen(error: unknown, what: RequestName, draft: object): unknown {
  const change = CHANGES[what];
  const asked = new Map<string, unknown>(Object.entries(draft));
  const isThere = (member: string) => asked.get(member) !== undefined && asked.get(member) !== false;
  if (change === undefined || !mayBeDone(error)) return error;
  if (change.unless !== undefined && isThere(change.unless)) return error;
  return change.by === undefined || change.by.some(isThere) ? error.andSays(change.again) : error;
}
