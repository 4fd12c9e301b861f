import { z } from 'zod';
import { Sha256 } from '../../firmware-protocol/content/announcement.ts';
import { AreaCode } from '../../firmware-protocol/content/area.ts';
import type { Trust } from './alert-records.ts';
import {
  CATEGORIES,
  type CapAlert,
  CERTAINTIES,
  RESPONSE_TYPES,
  SEVERITIES,
  URGENCIES,
} from './cap-schema.ts';
import type { CheckedSignatures } from './signature.ts';

/** Who is believed, and what may sound without a person: written down by people, in the configuration of the server. */

/** No blanks, commas, < or & (CAP 3.2.1). */
const SenderName = z.string().regex(/^[^\s,<&]+$/, 'a sender has no blanks, commas, < or &');
const oneOrMore = <T extends z.ZodType>(value: T) => z.array(value).min(1);

const Sender = z
  .strictObject({
    /** As its alerts name it. */
    sender: SenderName,
    /** Where its alerts may sound. */
    areas: oneOrMore(AreaCode),
    /** SHA-256 of its public keys (SPKI, DER): an alert must be signed with one of them. */
    keys: oneOrMore(Sha256).optional(),
    /** Where its alerts come from: `post:somchai`, `feed:https://…`, `file`. */
    from: oneOrMore(z.string().min(1)).optional(),
  })
  .refine(({ keys, from }) => keys !== undefined || from !== undefined, {
    message: 'say how its alerts are known: keys, from or both',
    path: ['keys'],
  });

/** The first rule whose every word fits decides. */
const Rule = z.strictObject({
  sender: SenderName.optional(),
  /** As the alert words it, in any of its languages; capitals do not matter. */
  event: oneOrMore(z.string().min(1)).optional(),
  category: oneOrMore(z.enum(CATEGORIES)).optional(),
  urgency: oneOrMore(z.enum(URGENCIES)).optional(),
  severity: oneOrMore(z.enum(SEVERITIES)).optional(),
  certainty: oneOrMore(z.enum(CERTAINTIES)).optional(),
  response: oneOrMore(z.enum(RESPONSE_TYPES)).optional(),
  mode: z.enum(['automatic', 'approval', 'record']),
});

const Feed = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  every_s: z.int().min(10).max(3_600).default(60),
});

/** As ISO 639 has it: `en`, `my`, `lo`. */
const Language = z
  .string()
  .regex(/^(?!th$)[a-z]{2,3}$/, 'a language besides Thai, as ISO 639 writes it: en, my, lo');

export const AlertsConfig = z.strictObject({
  /** How our own alerts and answers name us. */
  sender: SenderName.default('prakat'),
  senders: z.array(Sender).max(200).default([]),
  rules: z.array(Rule).max(200).default([]),
  feeds: z.array(Feed).max(20).default([]),
  /** Alerts are dropped here as files, by whoever may write into it. */
  folder: z.string().min(1).optional(),
  /** After the Thai: in which an alert's own words are shown too, and said where it brings their sound along. */
  languages: z.array(Language).max(3).default([]),
});
export type AlertsConfig = z.output<typeof AlertsConfig>;
export type Mode = AlertsConfig['rules'][number]['mode'];

/** Whether an alert may act for its sender. A signature alone never makes it so: the sender must be written down. */
export function trustOf(
  { senders }: Pick<AlertsConfig, 'senders'>,
  { sender, signatures, via }: { sender: string; signatures: CheckedSignatures; via: string },
): Trust {
  if (signatures.state === 'bad') return 'bad-signature';
  const known = senders.find((each) => each.sender === sender);
  if (known === undefined) return 'unknown-sender';
  const { keys, from } = known;
  const isSigned = signatures.state === 'good' && signatures.keys.some((key) => keys?.includes(key));
  if (keys !== undefined && !isSigned) return 'unproven';
  return from === undefined || from.includes(via) ? 'trusted' : 'unproven';
}

/** Where a sender's alerts may sound; everywhere only after a person said yes. */
export function areasOf({ senders }: Pick<AlertsConfig, 'senders'>, sender: string): AreaCode[] {
  return senders.find((each) => each.sender === sender)?.areas ?? ['th'];
}

/** Without a rule a person decides. */
export function modeOf(
  { rules }: Pick<AlertsConfig, 'rules'>,
  alert: Pick<CapAlert, 'sender' | 'info'>,
): Mode {
  return rules.find((rule) => fits(rule, alert))?.mode ?? 'approval';
}

function fits(
  rule: AlertsConfig['rules'][number],
  { sender, info }: Pick<CapAlert, 'sender' | 'info'>,
): boolean {
  if (rule.sender !== undefined && rule.sender !== sender) return false;
  const events = rule.event?.map((each) => each.trim().toLowerCase());
  const isNamed = ({ event }: { event: string }) => events?.includes(event.trim().toLowerCase()) ?? true;
  if (!info.some(isNamed)) return false;
  return info.some(
    (each) =>
      among(rule.category, each.category) &&
      among(rule.urgency, [each.urgency]) &&
      among(rule.severity, [each.severity]) &&
      among(rule.certainty, [each.certainty]) &&
      among(rule.response, each.responseType),
  );
}

function among<T>(wanted: readonly T[] | undefined, found: readonly T[]): boolean {
  return wanted === undefined || found.some((each) => wanted.includes(each));
}
