import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DeviceError } from './errors.ts';
import { BrightnessConfig, FallbackConfig } from './lamps-config.ts';
import { Turned } from './panel-config.ts';
import { SignConfig } from './sign-config.ts';

/** `tcp:host:port`, or a device file with `@baud`: read by the line driver, which knows the details. */
const LineSpec = z.string().min(1).max(300);

const Player = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('alsa'), device: z.string().min(1).default('default') }),
    z.strictObject({ type: z.literal('wav'), folder: z.string().min(1) }),
    /** The sound card if there is one, else the folder. */
    z.strictObject({
      type: z.literal('auto'),
      device: z.string().min(1).default('default'),
      folder: z.string().min(1),
    }),
  ])
  .default({ type: 'alsa', device: 'default' });
export type PlayerConfig = z.infer<typeof Player>;

/** What a technician writes down about one hall. Strict: a misspelt member is named, not ignored. */
export const DeviceConfig = z
  .strictObject({
    /** Folder of identity, store and media; its owner's alone. */
    data: z.string().min(1),
    log: z.enum(['info', 'warn', 'error', 'silent']).default('info'),
    /** Base of the server's HTTP, for the enrolment. */
    server: z.url({ protocol: /^https?$/ }).optional(),
    /** One-time code; used at the first start, ignored afterwards. */
    code: z.string().min(1).optional(),
    /** The name of the village on the idle page. */
    place: z.string().max(120).default(''),
    /** PEM file of a certificate authority of one's own. */
    ca: z.string().min(1).optional(),
    /** A board with a sign, an amplifier relay, or both. */
    board: z
      .strictObject({
        line: LineSpec,
        /** On an RS-485 pair that it shares; such a line stays at its one rate. */
        address: z.int().min(1).max(254).optional(),
        panel: z
          .strictObject({
            /** As its board counts them: before it is turned. */
            width: z.int().min(16).max(2_048),
            height: z.int().min(8).max(1_024),
            turned: Turned,
          })
          .optional(),
        amplifier: z.boolean().default(false),
      })
      .optional(),
    /** A sign of another maker, instead of one on the board. */
    sign: SignConfig.optional(),
    /** Of the sign, whoever made it, where it can be dimmed. */
    brightness: BrightnessConfig.prefault({}),
    /** For a sign that can keep a page; false = it keeps what it keeps. */
    fallback: z.union([z.literal(false), FallbackConfig]).prefault({}),
    tower: z
      .strictObject({
        player: Player,
        /** Loudness of this hall against what the server prepared, dB. */
        gain_db: z.number().min(-40).max(12).default(0),
      })
      .optional(),
    /** Budget of the media folder. */
    media_bytes: z
      .int()
      .min(64 * 1024 * 1024)
      .optional(),
  })
  .refine(({ board, sign }) => board?.panel === undefined || sign === undefined, {
    message: 'a hall has one sign: board.panel or sign',
    path: ['sign'],
  });
export type DeviceConfig = z.infer<typeof DeviceConfig>;

/** The configuration in a JSON file. Rejects `config-invalid`; `context.faults` name path and fault. */
export async function loadConfig(path: string): Promise<DeviceConfig> {
  let raw: unknown;
  try {
    raw = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new DeviceError('config-invalid', { path, why: 'cannot be read as JSON' }, error);
  }
  const read = DeviceConfig.safeParse(raw);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new DeviceError('config-invalid', { path, faults });
}
