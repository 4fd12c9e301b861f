import type { DeviceConfig } from '../../../device/config.ts';
import type { Identity } from '../../../device/identity.ts';
import type { LocalAnswerOf } from '../../../firmware-protocol/local/verbs.ts';
import type { Words } from '../../cli/words.ts';
import type { LocalAgent } from '../local-agent.ts';
import type { Room } from './rooms.ts';

/** One check as the agent tells it, which may be older or newer than this program. */
export type ToldCheck = LocalAnswerOf<'checks'>['checks'][number];

/** Whoever stands at the box; nobody = what needs eyes or ears is not known. */
export interface Person {
  /** Undefined = nobody answers, or has had enough. */
  confirm(question: Words): Promise<boolean | undefined>;
  /** What to look at or listen to now; it begins with the next breath. */
  attention(words: Words): void;
  /** A line that is written over and over, for as long as the person looks. */
  bar(what: Words, share: number): void;
}

/** One visit at one hall. */
export interface Visit {
  config: DeviceConfig;
  identity: Identity | undefined;
  /** Why there is no identity. */
  identityTrouble: string | undefined;
  agent: LocalAgent;
  /** Somebody listens on the socket and does not answer: what he holds cannot be opened. */
  stuck: boolean;
  /** What is walked through in this visit. */
  rooms: readonly Room[];
  /** The checks of the hall, looked at once: by the agent, or without one by this program. Never rejects. */
  checks: () => Promise<ToldCheck[]>;
  /** What the running agent said first; undefined = none runs, or it is stuck. */
  running: { state: LocalAnswerOf<'state'>; link: LocalAnswerOf<'link'> } | undefined;
  person: Person | undefined;
  /** May sound at full level without being asked about it. */
  loud: boolean;
  /** So long the broker is waited for, each time. */
  answerMs: number;
  interrupted: AbortSignal;
}
