import { z } from 'zod';
import { ALPHA_MAX } from '../signs/alpha/alpha-commands.ts';
import { ADALIGHT_MAX_LAMPS } from '../signs/lamp-stream/adalight.ts';
import { TPM2_MAX_LAMPS } from '../signs/lamp-stream/tpm2.ts';
import { ONBON_MODELS } from '../signs/onbon/onbon-models.ts';
import { LineText } from './line-spec.ts';
import { GeometryConfig } from './panel.ts';

const sizeUpTo = (width: number, height: number) =>
  z.strictObject({ width: z.int().min(8).max(width), height: z.int().min(7).max(height) });
const LARGEST = sizeUpTo(2_048, 1_024);

/** Lamps in a chain: WLED and whatever else speaks Adalight or TPM2. */
const lampStream = <T extends 'adalight' | 'tpm2'>(type: T, mostLamps: number) =>
  z
    .strictObject({
      type: z.literal(type),
      line: LineText,
      geometry: GeometryConfig,
      /** 1 = the controller corrects, or the pictures are corrected already. */
      gamma: z.number().min(1).max(4).default(1),
      /** A WLED whose own answers reach us. */
      answers: z.boolean().default(false),
    })
    .refine(
      ({ geometry: { module, modules } }) =>
        module.width * module.height * modules.columns * modules.rows <= mostLamps,
      { message: `${type} carries at most ${mostLamps} lamps`, path: ['geometry'] },
    );

const Alpha = z.strictObject({
  type: z.literal('alpha'),
  line: LineText,
  size: sizeUpTo(ALPHA_MAX.width, ALPHA_MAX.height),
  /** One letter of the protocol's table of signs; Z = every one. */
  sign: z
    .string()
    .regex(/^[!-~]$/, 'one letter, digit or mark')
    .default('Z'),
  address: z
    .string()
    .regex(/^[0-9A-F]{2}$/, 'two of 0-9 and A-F')
    .default('00'),
  colours: z.enum(['mono', 'three-colour', 'eight-colour']).default('three-colour'),
  checksum: z.enum(['none', 'sum', 'xor']).default('sum'),
  /** 7 bits with even parity, or 8 bits without. */
  parity: z.enum(['even', 'none']).default('even'),
  /** The sign's transmit line reaches us. */
  answers: z.boolean().default(true),
  /** It has a dimming register, as solar and outdoor signs do. */
  dimming: z.boolean().default(false),
});

const Onbon = z.strictObject({
  type: z.literal('onbon'),
  line: LineText,
  size: LARGEST,
  model: z.enum(ONBON_MODELS.map(({ name }) => name)),
  /** The number of the screen, as set in the card. */
  screen: z.int().min(1).max(0xfffd).default(1),
  colours: z.enum(['one', 'two', 'three', 'full']).default('one'),
});

const Novastar = z.strictObject({
  type: z.literal('novastar'),
  line: LineText,
  size: LARGEST,
  /** The network port that the screen hangs on, as printed beside it. */
  port: z.int().min(1).max(4).default(1),
});

/** No sign at all: each page becomes a PNG file. */
const Png = z.strictObject({
  type: z.literal('png'),
  folder: z.string().min(1),
  size: LARGEST,
  depth: z.enum(['mono', 'rgb111', 'rgb565']).default('rgb565'),
  /** So many pages are kept. */
  keep: z.int().min(1).max(10_000).default(100),
});

/** A sign of another maker. docs/signs.md says how each is wired and what it cannot do. */
export const SignConfig = z.discriminatedUnion('type', [
  lampStream('adalight', ADALIGHT_MAX_LAMPS),
  lampStream('tpm2', TPM2_MAX_LAMPS),
  Alpha,
  Onbon,
  Novastar,
  Png,
]);
export type SignConfig = z.infer<typeof SignConfig>;
