import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AmplifierConfig } from './config/amplifier.ts';
import { BoardConfig } from './config/board.ts';
import { HealthConfig } from './config/health.ts';
import { InputsConfig } from './config/inputs.ts';
import { BrightnessConfig, FallbackConfig } from './config/lamps.ts';
import { LawsConfig } from './config/laws.ts';
import { LocalConfig } from './config/local.ts';
import { MediaConfig } from './config/media.ts';
import { ProofConfig } from './config/proof.ts';
import { SignConfig } from './config/sign.ts';
import { TimeConfig } from './config/time.ts';
import { TowerConfig } from './config/tower.ts';
import { UpdateConfig } from './config/update.ts';
import { DeviceError } from './errors.ts';

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
    board: BoardConfig.optional(),
    /** A sign of another maker, instead of one on the board. */
    sign: SignConfig.optional(),
    /** Of the sign, whoever made it, where it can be dimmed. */
    brightness: BrightnessConfig.prefault({}),
    /** For a sign that can keep a page; false = it keeps what it keeps. */
    fallback: z.union([z.literal(false), FallbackConfig]).prefault({}),
    tower: TowerConfig.optional(),
    /** Absent: the board's where `board.amplifier` says so, else none. */
    amplifier: AmplifierConfig.optional(),
    proof: ProofConfig.prefault({}),
    laws: LawsConfig.prefault({}),
    inputs: InputsConfig.prefault({}),
    time: TimeConfig.prefault({}),
    media: MediaConfig.prefault({}),
    health: HealthConfig.prefault({}),
    local: LocalConfig.prefault({}),
    update: UpdateConfig.prefault({}),
  })
  .refine(({ board, sign }) => board?.panel === undefined || sign === undefined, {
    message: 'a hall has one sign: board.panel or sign',
    path: ['sign'],
  })
  .refine(({ board, amplifier }) => amplifier?.type !== 'board' || board !== undefined, {
    message: 'the amplifier hangs on a board, and none is configured',
    path: ['amplifier'],
  });
export type DeviceConfig = z.infer<typeof DeviceConfig>;

/** The configuration in a JSON file. Rejects `config-invalid`; `context.faults` name path and fault. */
export async function loadConfig(path: string): Promise<DeviceConfig> {
  let raw: unknown;
  try {
    // Some editors of Windows begin a file with a mark of its encoding.
    raw = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new DeviceError('config-invalid', { path, why: 'cannot be read as JSON', said }, error);
  }
  const read = DeviceConfig.safeParse(raw);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new DeviceError('config-invalid', { path, faults });
}
