import type { z } from 'zod';

export const ROOT = 'prakat/v1';
/** Deepest topic of the catalogue, in levels: brokers refuse deeper ones. */
export const MAX_TOPIC_LEVELS = 7;
export const KIB = 1024;
/** The largest payload any row allows, with room for the topic and the header, bytes. Brokers are told the same number. */
export const MAX_PACKET_BYTES = (1024 + 1) * KIB;

export type Party = 'server' | 'device' | 'operator';

export interface TopicRow {
  /** Pattern with `{zone}`, `{area}`, `{device}`, `{user}`, `{what}`. */
  pattern: string;
  from: Party;
  to: Party;
  qos: 0 | 1;
  retained: boolean;
  /** Whether the payload is a signed document. */
  signed: boolean;
  maxBytes: number;
  payload: z.ZodType;
  says: string;
}
