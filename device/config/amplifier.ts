import { z } from 'zod';

/** Names are words of a shell's command line: nothing in them means anything to a shell. */
const Word = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][\w.+:-]*$/, 'letters, digits and . _ + : -');

/** An amplifier must cool down: at most so long on in any so long, but for alerts and ceremonies. */
const Rest = z
  .strictObject({
    on_s: z.int().min(60).max(86_400),
    within_s: z.int().min(60).max(86_400),
  })
  .refine(({ on_s, within_s }) => on_s <= within_s, { message: 'on_s is at most within_s', path: ['on_s'] });

/** Of every amplifier that can be switched. */
const SWITCHED = {
  /** From power to full sound: before it the first syllable would be lost. */
  settle_ms: z.int().min(0).max(4_500).default(300),
  /** Power stays on for so long after the last sample, beside the silence that each play ends with. */
  tail_ms: z.int().min(0).max(5_000).default(0),
  /** The longest that it may stay on without a pause, whatever is said; alerts and ceremonies pass. */
  max_on_s: z.int().min(60).max(86_400).default(3_600),
  /**
   * Absent would be a risk taken silently: public address amplifiers of village towers are built for speech with pauses; three
   * quarters of the time is what they stand with music too.
   */
  rest: z.union([z.literal(false), Rest]).default({ on_s: 2_700, within_s: 3_600 }),
} as const;

/** Of an amplifier that measures itself. */
const MEASURED = {
  /** Below it nothing flows. Absent: 20 mA, above the offset of the usual sensors. */
  no_current_ma: z.int().min(1).max(10_000).default(20),
  /** Sinks are made for 90 degrees; above this all below alerts and ceremonies rest until it is 10 degrees cooler. */
  hot_c: z.int().min(40).max(120).default(80),
} as const;

/** What switches the amplifier of the tower. */
export const AmplifierConfig = z.discriminatedUnion('type', [
  /** The relay of the board. */
  z.strictObject({
    type: z.literal('board'),
    /** Of the line into it, where the board can set that. */
    gain_db: z.number().min(-80).max(24).optional(),
    ...SWITCHED,
    ...MEASURED,
  }),
  /** A relay on a pin of this computer, through the gpiod tools of Debian. */
  z.strictObject({
    type: z.literal('gpio'),
    /** Name of the line (`GPIO17`), or its number on the chip. */
    line: z.union([Word, z.int().min(0).max(1_023)]),
    /** Needed with a number; with a name only where two chips have it. */
    chip: Word.optional(),
    /** Relay boards whose input pulls the relay when it is low. */
    active_low: z.boolean().default(false),
    ...SWITCHED,
  }),
  /** A relay behind a USB serial adapter that takes `A0 01 01 A2` (LCUS-1 and its kin, CH340). */
  z.strictObject({
    type: z.literal('usb-relay'),
    /** A device file, or `serial:VID:PID[:SERIAL]`. */
    line: z
      .string()
      .regex(
        /^(\/dev\/[\w./:-]+|serial:[0-9a-f]{4}:[0-9a-f]{4}(:[\w.-]+)?)$/i,
        'as /dev/ttyUSB0 or serial:1a86:7523',
      ),
    channel: z.int().min(1).max(16).default(1),
    ...SWITCHED,
  }),
  /** A USB relay without a serial port (16c0:05df), through the program `usbrelay` of Debian. */
  z.strictObject({
    type: z.literal('hid-relay'),
    /** As `usbrelay` prints it: `HURTM_1`. */
    name: Word,
    ...SWITCHED,
  }),
  /** It is always on, or switches itself. */
  z.strictObject({ type: z.literal('none') }),
]);
export type AmplifierConfig = z.infer<typeof AmplifierConfig>;
export type SwitchedConfig = Exclude<AmplifierConfig, { type: 'none' }>;
