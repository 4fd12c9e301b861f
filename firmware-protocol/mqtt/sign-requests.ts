import { z } from 'zod';
import { ANNOUNCEMENT_LIMITS, Announcement, lineOf, Paragraph, Sha256 } from '../content/announcement.ts';
import { DeviceId } from '../content/area.ts';
import { Band } from '../content/band.ts';
import { Instant } from '../content/instant.ts';
import { Fault, Transaction } from './answer.ts';
import { addressees } from './push-request.ts';
import { Png, RunningStrip, Screen, SignFace } from './sign-screen.ts';

const transaction = { transaction: Transaction.optional() };
const count = z.int().min(0);

/** What the sign of a hall shows now. The hall is asked; who asks again within five seconds gets the same answer. */
export const ScreenRequest = z.strictObject({ device: DeviceId, ...transaction });
export type ScreenRequest = z.infer<typeof ScreenRequest>;
export const ScreenAnswer = z.object({
  device: DeviceId,
  /** By the server's clock; the other instants are the hall's. */
  heard_at: Instant,
  screen: Screen,
});
export type ScreenAnswer = z.infer<typeof ScreenAnswer>;

/** Signs of one preview. */
export const PREVIEW_LIMITS = { faces: 6, side: { least: 16, most: 1_024 }, pixels: 1_024 * 512 } as const;

/** A sign that a preview is painted for: not larger than any that is met in the field. */
export const PreviewFace = SignFace.refine(
  ({ width, height }) =>
    [width, height].every((side) => side >= PREVIEW_LIMITS.side.least && side <= PREVIEW_LIMITS.side.most) &&
    width * height <= PREVIEW_LIMITS.pixels,
  { message: 'a sign is 16 x 16 to 1024 x 512 lamps' },
);

/** Members of a short push that a whole announcement has inside itself. */
const SHORT_FORM = ['title', 'text', 'hotline', 'picture', 'qr'] as const;
const BESIDE_WORDS = ['title', 'picture', 'qr'] as const;

/** What a push would show, by the very painter of the halls, as its members stand in a `push`. Nothing is sent or kept. */
export const PreviewRequest = z
  .strictObject({
    /** The halls it is meant for: the kinds of their signs are painted, the most frequent first. */
    to: addressees.optional(),
    /** These signs instead. Neither = a usual sign of 128 x 64 lamps. */
    faces: z.array(PreviewFace).min(1).max(PREVIEW_LIMITS.faces).optional(),
    title: lineOf(ANNOUNCEMENT_LIMITS.titleChars).optional(),
    text: Paragraph.optional(),
    hotline: lineOf(ANNOUNCEMENT_LIMITS.hotlineChars).optional(),
    picture: Sha256.optional(),
    qr: lineOf(ANNOUNCEMENT_LIMITS.qrChars).optional(),
    announcement: Announcement.optional(),
    kind: z.enum(['announce', 'alert', 'test']).default('announce'),
    /** For the colours; also one of the programme. Absent = the highest of its kind. */
    band: Band.optional(),
    /** Only this page, from 1: where all of them are too large for one answer. */
    page: z.int().min(1).max(ANNOUNCEMENT_LIMITS.pages).optional(),
    ...transaction,
  })
  .refine((said) => said.announcement !== undefined || SHORT_FORM.some((name) => said[name] !== undefined), {
    message: 'give text, or one announcement',
  })
  .refine((said) => said.announcement === undefined || SHORT_FORM.every((name) => said[name] === undefined), {
    message: `${SHORT_FORM.join(', ')} belong inside the announcement`,
    path: ['announcement'],
  })
  .superRefine((said, { addIssue }) => {
    if (said.text !== undefined || said.hotline !== undefined || said.announcement !== undefined) return;
    for (const name of BESIDE_WORDS)
      if (said[name] !== undefined)
        addIssue({ code: 'custom', message: 'give text too: a sign shows this beside words', path: [name] });
  });
export type PreviewRequest = z.infer<typeof PreviewRequest>;

export const PreviewedPage = z.object({
  /** From 1. */
  page: z.int().min(1),
  /** All its screens together. */
  ms: count,
  screens: z.array(
    z.object({
      /** Its place in `pictures`; what runs is not in it. */
      picture: count,
      ms: count,
      /** CRC-32 as a hall reports it that has such a board of ours, hung upright. */
      crc: z.string(),
      running: RunningStrip.extend({ picture: count }).optional(),
    }),
  ),
  /** Each look of the sign once, one pixel a lamp. */
  pictures: z.array(Png),
  /** What of it cannot be seen or read on this sign as it was written. */
  faults: z.array(Fault),
  /** There are more screens than one answer holds: ask for this page and this sign alone. */
  cut: z.literal(true).optional(),
});
export const PreviewAnswer = z.object({
  signs: z.array(
    z.object({
      face: SignFace,
      /** That have such a sign, of the halls it is meant for. */
      halls: count.optional(),
      pages: z.array(PreviewedPage),
    }),
  ),
  /** Of the halls it is meant for; absent = none were named. */
  halls: z
    .object({
      /** Whose sign is among `signs`. */
      painted: count,
      /** That have a sign of yet another kind. */
      others: count,
      /** That have no sign. */
      without: count,
      /** That have not told which sign they have. */
      untold: count,
    })
    .optional(),
});
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;

export const SIGN_REQUESTS = {
  screen: { request: ScreenRequest, answer: ScreenAnswer },
  preview: { request: PreviewRequest, answer: PreviewAnswer },
} as const;
