import { z } from 'zod';

/** A name of a GPIO line or chip: nothing in it means anything to a shell. */
const Word = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][\w.+:-]*$/, 'letters, digits and . _ + : -');

/** A switch on a pin of this computer, through the gpiod tools of Debian. */
const GpioContact = z
  .strictObject({
    type: z.literal('gpio'),
    /** Name of the line (`GPIO27`), or its number on the chip. */
    line: z.union([Word, z.int().min(0).max(1_023)]),
    /** Needed with a number; with a name only where two chips have it. */
    chip: Word.optional(),
    /** A contact to ground, as keys and open collectors of receivers are. */
    active_low: z.boolean().default(true),
    bias: z.enum(['as-is', 'pull-up', 'pull-down', 'disabled']).default('pull-up'),
  })
  .refine(({ line, chip }) => typeof line === 'string' || chip !== undefined, {
    message: 'a line by number needs its chip: gpiochip0',
    path: ['chip'],
  });

/** How loud it must be, RMS above 300 Hz in dB below full scale. */
const Level = z
  .strictObject({
    open_dbfs: z.number().min(-80).max(-3).default(-38),
    /** A voice that falls at the end of a sentence holds what it opened. */
    close_dbfs: z.number().min(-90).max(-6).default(-46),
    /** Loud for so long before it opens: a click is no speech. What was said meanwhile is heard all the same. */
    attack_ms: z.int().min(10).max(1_000).default(80),
    /** Quiet for so long before it closes: people breathe and think. */
    hang_ms: z.int().min(200).max(10_000).default(2_000),
  })
  .refine(({ open_dbfs, close_dbfs }) => close_dbfs < open_dbfs, {
    message: 'close_dbfs is below open_dbfs',
    path: ['close_dbfs'],
  });

function inputOf(title: string, max_talk_s: number) {
  return z.strictObject({
    /** ALSA name of the card that it is plugged into: `plughw:CARD=Device`. */
    device: z.string().min(1).max(128),
    title: z.string().min(1).max(120).default(title),
    /** Absent: the level opens it. */
    contact: GpioContact.optional(),
    level: Level.prefault({}),
    /** Without a pause; then it is taken off the tower until it was silent once. */
    max_talk_s: z.int().min(10).max(7_200).default(max_talk_s),
    /** Against what the card hears; the limiter bounds it. */
    gain_db: z.number().min(-40).max(40).default(0),
  });
}

/** Live inputs: the receiver of the command net, the microphone of the village. */
export const InputsConfig = z.strictObject({
  /** The national relay runs for a quarter of an hour. */
  relay: inputOf('วิทยุข่าย', 1_800).optional(),
  /** A village meeting is called in minutes; half an hour is a headman who forgot the switch. */
  microphone: inputOf('ไมโครโฟนประจำหมู่บ้าน', 1_800).optional(),
});
export type InputsConfig = z.infer<typeof InputsConfig>;
export type InputConfig = NonNullable<InputsConfig['relay']>;
