import { createHash } from 'node:crypto';
import { type AlertsConfig, areasOf, trustOf } from './alert-policy.ts';
import type { AlertRecord, AlertState, NamedMessage, VillagePoints } from './alert-records.ts';
import { targetsOf } from './alert-targets.ts';
import { wordsFor } from './alert-words.ts';
import type { CapAlert, CapInfo } from './cap-schema.ts';
import type { Judgement } from './judge.ts';
import type { ReadAlert } from './read-alerts.ts';
import { referencesOf } from './references.ts';

interface Arrival {
  id: string;
  /** The file that it came in. */
  bytes: Uint8Array;
  via: string;
  /** Epoch ms. */
  at: number;
  /** Who writes the first line of its history. */
  by: string;
}

/** An alert as it came in, before anything is done about it. */
export async function recordOf(
  read: ReadAlert,
  { verdict, reasons, live }: Judgement,
  { id, bytes, via, at, by }: Arrival,
  { config, villages }: { config: AlertsConfig; villages: VillagePoints },
): Promise<AlertRecord> {
  const { alert, name, signatures } = read;
  const infos = live.map(({ info }) => info);
  const reached = await targetsOf(infos, areasOf(config, name.sender), villages);
  const hash = createHash('sha256')
    .update(read.document ?? bytes)
    .digest('hex');
  return {
    id,
    sender: name.sender,
    identifier: name.identifier || hash,
    sentMs: alert?.sent.ms ?? 0,
    hash,
    sent: name.sent.slice(0, 40),
    status: name.status.slice(0, 40),
    msgType: name.msgType.slice(0, 16),
    verdict,
    reasons,
    signature: signatures.state,
    trust: trustOf(config, { sender: name.sender, signatures, via }),
    via,
    receivedAt: at,
    title: titleOf(alert, infos),
    references: alert === undefined ? [] : namedIn(alert),
    ...reached,
    until: verdict === 'actuate' ? Math.max(...live.map(({ until }) => until)) : undefined,
    state: FIRST_STATE[verdict],
    stateAt: at,
    stateBy: by,
    why: undefined,
    orders: [],
    document: read.document ?? '',
  };
}

const FIRST_STATE: Record<Judgement['verdict'], AlertState> = {
  refuse: 'refused',
  record: 'recorded',
  cancel: 'waiting',
  actuate: 'waiting',
};
function namedIn({ references }: CapAlert): NamedMessage[] {
  return referencesOf(references ?? '').named.map(({ sender, identifier, sent }) => ({
    sender,
    identifier,
    sentMs: sent.ms,
  }));
}

function titleOf(alert: CapAlert | undefined, live: readonly CapInfo[]): string {
  const infos = live.length > 0 ? live : (alert?.info ?? []);
  return alert === undefined || infos.length === 0 ? '' : wordsFor(alert, infos).title;
}
