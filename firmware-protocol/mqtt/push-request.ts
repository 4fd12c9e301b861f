import { z } from 'zod';
import {
  ANNOUNCEMENT_LIMITS,
  Announcement,
  Chime,
  lineOf,
  outputsOf,
  Paragraph,
  Sha256,
} from '../content/announcement.ts';
import { BANDS, OUTPUTS, Outputs } from '../content/band.ts';
import { Instant, Ulid } from '../content/instant.ts';
import { BANDS_OF_KIND, ORDER_LIMITS } from '../content/order.ts';
import { proof, Transaction } from './answer.ts';
import { Addressee } from './place-requests.ts';

/** Members of a short push that a whole announcement has inside itself. */
const SHORT_FORM = ['title', 'hotline', 'picture', 'qr', 'chime', 'times', 'say'] as const;
/** A sentence or two: what was seen, who said so. */
export const WHY_CHARS = 300;
/** What stands beside words: a page is never without them. */
const BESIDE_TEXT = ['picture', 'qr'] as const;
/** How long an order may wait for a device that is away. */
const expiresInSeconds = z
  .int()
  .min(10)
  .max(ORDER_LIMITS.lifeMs / 1_000);

/** As operators name them: with groups, which an order never has. */
export const addressees = z.array(Addressee).min(1).max(ORDER_LIMITS.targets);

/** What is said, on what and how urgently; to whom and when is said beside it. */
const SAID = {
  title: lineOf(ANNOUNCEMENT_LIMITS.titleChars).optional(),
  text: Paragraph.optional(),
  hotline: lineOf(ANNOUNCEMENT_LIMITS.hotlineChars).optional(),
  /** What the tower says in words, by a voice of the server. */
  say: Paragraph.optional(),
  /** SHA-256 of uploaded media, as the upload answered it. */
  media: z.array(Sha256).min(1).max(8).optional(),
  /** SHA-256 of an uploaded picture. */
  picture: Sha256.optional(),
  /** The text of a QR code. */
  qr: lineOf(ANNOUNCEMENT_LIMITS.qrChars).optional(),
  chime: Chime.optional(),
  times: z.int().min(1).max(ANNOUNCEMENT_LIMITS.repeats).optional(),
  announcement: Announcement.optional(),
  outputs: Outputs.optional(),
  kind: z.enum(['announce', 'alert', 'test']).default('announce'),
  band: z.literal([BANDS.alert, ...BANDS_OF_KIND.announce]).optional(),
};
const Said = z.strictObject(SAID);
type Said = z.infer<typeof Said>;

function saidRightly<T extends z.ZodType<Said>>(form: T): T {
  return form
    .refine(
      (push) =>
        (push.announcement === undefined) !==
        (push.text === undefined && push.say === undefined && push.media === undefined),
      { message: 'give text, say, media or several; or one announcement' },
    )
    .superRefine((push, { addIssue }) => {
      if (push.text !== undefined || push.announcement !== undefined) return;
      for (const name of BESIDE_TEXT)
        if (push[name] !== undefined)
          addIssue({
            code: 'custom',
            message: 'give text too: a sign shows this beside words',
            path: [name],
          });
    })
    .refine(
      (push) => push.announcement === undefined || SHORT_FORM.every((name) => push[name] === undefined),
      {
        message: `${SHORT_FORM.join(', ')} belong inside the announcement`,
        path: ['announcement'],
      },
    )
    .refine((push) => push.band === undefined || isBandOf(push.kind, push.band), {
      message: 'this kind of order may not use this band',
      path: ['band'],
    })
    .refine(
      ({ announcement, outputs = [...OUTPUTS] }) =>
        announcement === undefined || outputsOf({ announcement, outputs }).length > 0,
      { message: 'the announcement says nothing on these outputs', path: ['outputs'] },
    );
}

function isBandOf(kind: keyof typeof BANDS_OF_KIND, band: number): boolean {
  return BANDS_OF_KIND[kind].some((allowed) => allowed === band);
}

/**
 * What operators ask of the server. Strict: an unknown key is a typing error of a person, and is named.
 * The short form of a push is a text, sound or both; the long form is a whole announcement.
 */
export const PushRequest = saidRightly(
  z.strictObject({
    to: addressees,
    ...SAID,
    /** The id that the order shall have, chosen by who sends it. Sent again under the same id it is not made twice. */
    order: Ulid.optional(),
    start_at: Instant.optional(),
    expires_in_s: expiresInSeconds.default(900),
    /** Why it is said: for the second person and the audit. No hall is told. */
    why: lineOf(WHY_CHARS).optional(),
    ...proof,
    transaction: Transaction.optional(),
  }),
);
export type PushRequest = z.infer<typeof PushRequest>;

/** A push that lies ready: to whom, and when, is said by who sends it. */
export const PreparedPush = saidRightly(
  z.strictObject({ ...SAID, expires_in_s: expiresInSeconds.optional() }),
);
export type PreparedPush = z.infer<typeof PreparedPush>;
