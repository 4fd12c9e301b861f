import { hash } from 'node:crypto';
import { z } from 'zod';
import { ANNOUNCEMENT_LIMITS, Sha256 } from './announcement.ts';
import { AreaCode, DeviceId } from './area.ts';
import { Band, Output } from './band.ts';
import { canonicalJson } from './canonical-json.ts';
import { Instant } from './instant.ts';
import { Signature } from './signature.ts';

/** How far a device trusts its own clock (DESIGN 5). */
export const CLOCK_TRUSTS = ['none', 'floor', 'server', 'full'] as const;
export const ClockTrust = z.enum(CLOCK_TRUSTS);
export type ClockTrust = z.infer<typeof ClockTrust>;

/** Why a document was refused before anything sounded. Ids are never reused. */
export const REFUSALS = [
  'malformed',
  'too-large',
  'not-understood',
  'retained',
  'for-another',
  'unknown-key',
  'bad-signature',
  'key-not-valid-then',
  'wrong-use',
  'band-too-high',
  'outside-area',
  'expired',
  'too-early',
  'too-long-lived',
  'clock-unknown',
  'seen',
  'older',
  'too-few-signatures',
  'queue-full',
] as const;
export const Refusal = z.enum(REFUSALS);
export type Refusal = z.infer<typeof Refusal>;

/** How an accepted order or due occurrence ends, on one output, exactly once. */
export const OUTCOMES = ['finished', 'interrupted', 'expired', 'rejected', 'cancelled'] as const;
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof Outcome>;

/** What a play is: an order's id, or an occurrence's `<area>/<entry>/<local time>`. */
export const PlayId = z.string().min(1).max(96);
export type PlayId = z.infer<typeof PlayId>;

/** Measured, not assumed. A member that is absent is not known. */
export const TowerEvidence = z.object({
  /** Sample frames that the sound device accepted. */
  frames: z.int().min(0),
  rate_hz: z.int().min(8_000),
  /** Highest sample sent, in hundredths of a decibel below full scale (0 or negative). */
  peak_cdbfs: z.int().max(0).optional(),
  /** From the first frame accepted to the last one drained, ms. */
  ms: z.int().min(0),
  /** Power of what was sent where it was not silence, hundredths of a decibel below full scale. */
  rms_cdbfs: z.int().max(0).optional(),
  /** `on`: by contact or current, not merely told; `failed`: it is known that it was not on all the time. */
  amplifier: z.enum(['on', 'not-known', 'failed']),
  /** What the amplifier was told, ms since the first frame: negative = before it. Absent: nothing of ours switches it. */
  relay: z
    .object({
      on_ms: z.int(),
      /** Power had settled; absent = it was not waited for, or not known to have. */
      settled_ms: z.int().optional(),
      /** Absent: it was still on when this was written, for the tail or for what followed. */
      off_ms: z.int().optional(),
    })
    .optional(),
  /** What the amplifier drew while this sounded, mA; absent = it is not measured. */
  current_ma: z
    .object({
      min: z.int().min(0),
      median: z.int().min(0),
      max: z.int().min(0),
      readings: z.int().min(1),
    })
    .optional(),
  /** Its highest temperature meanwhile, degrees C. */
  hottest_c: z.int().optional(),
  /** What a microphone at the hall heard of it; absent = there is none, or it could not tell. */
  heard: z
    .object({
      heard: z.enum(['yes', 'no']),
      /** How alike the loudness of what was sent and of what was heard run, percent: 100 = the same. */
      likeness_pct: z.int().min(-100).max(100),
      /** From the sound device taking it to the microphone hearing it, ms: buffers, and air at 343 m/s. Absent when it was not found. */
      delay_ms: z.int().optional(),
    })
    .optional(),
  /** How often the sound device ran dry in between, so that a moment of silence was heard; absent = it does not say. */
  gaps: z.int().min(0).optional(),
  /** The driver that took the frames: `alsa`, `wav`. */
  sink: z.string().max(32),
});
export type TowerEvidence = z.infer<typeof TowerEvidence>;

/** What a page may lack while its words are shown. */
export const PagePart = z.enum(['picture', 'qr']);
export type PagePart = z.infer<typeof PagePart>;

const Crc32Hex = z.string().regex(/^[0-9a-f]{8}$/);
export const PanelEvidence = z.object({
  pages: z.int().min(0),
  /** CRC-32 of the last page as drawn by the device, 8 hex digits. */
  crc: Crc32Hex,
  /** CRC-32 read back from the board; absent = the board cannot say. */
  board_crc: Crc32Hex.optional(),
  ms: z.int().min(0),
  /** What of the pages was not to be seen, though their words were. Absent = nothing was missing. */
  left_out: z
    .array(
      z.object({
        /** From 1. */
        page: z.int().min(1),
        part: PagePart,
        /** A code: `media-unreachable`, `picture-undecodable`, `qr-unfit`, ... */
        reason: z.string().max(64),
      }),
    )
    .max(2 * ANNOUNCEMENT_LIMITS.pages)
    .optional(),
});
export type PanelEvidence = z.infer<typeof PanelEvidence>;

/**
 * How far a new version of the agent came: fetched and checked; chosen for the next start; working, and kept; not
 * working, and the version before runs again; not even fetched.
 */
export const UPDATE_PHASES = ['staged', 'activated', 'confirmed', 'returned', 'given-up'] as const;
export const UpdatePhase = z.enum(UPDATE_PHASES);
export type UpdatePhase = z.infer<typeof UpdatePhase>;

/** How a document came, where it was not by the broker. */
export const Via = z.enum(['stick']);
export type Via = z.infer<typeof Via>;
const via = { via: Via.optional() };

const about = { play: PlayId, output: Output };

export const ReportEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('booted'), version: z.string().max(64), clean: z.boolean() }),
  z.object({
    type: z.literal('accepted'),
    play: PlayId,
    kind: z.string().max(16),
    outputs: z.array(Output),
    ...via,
  }),
  z.object({
    type: z.literal('refused'),
    /** The order's id, `programme/<area>` or `keys`, where it could be read. */
    what: z.string().max(96).optional(),
    reason: Refusal,
    detail: z.string().max(400).optional(),
    /** Equal refusals since the last report: a flood makes one line a minute. */
    count: z.int().min(1).default(1),
    ...via,
  }),
  z.object({ type: z.literal('started'), ...about, band: Band, title: z.string().max(120) }),
  z.object({ type: z.literal('paused'), ...about, by: PlayId.optional() }),
  z.object({ type: z.literal('resumed'), ...about }),
  z.object({
    type: z.literal('ended'),
    ...about,
    outcome: Outcome,
    /** A code: `stopped`, `pre-empted`, `power-lost`, `late`, `media-missing`, `player-hung`, `no-sound-device`, ... */
    reason: z.string().max(64).optional(),
    detail: z.string().max(400).optional(),
    started_at: Instant.optional(),
    ended_at: Instant,
    tower: TowerEvidence.optional(),
    panel: PanelEvidence.optional(),
  }),
  z.object({ type: z.literal('programme'), area: AreaCode, version: z.int(), ...via }),
  z.object({ type: z.literal('keys'), version: z.int(), ...via }),
  /** Somebody put in a stick; how much of it was taken. Its documents are reported one by one, with `via`. */
  z.object({
    type: z.literal('sideloaded'),
    keys: z.int().min(0),
    programmes: z.int().min(0),
    orders: z.int().min(0),
    files: z.int().min(0),
    refused: z.int().min(0),
  }),
  z.object({
    type: z.literal('update'),
    phase: UpdatePhase,
    /** The version that the phase is about. */
    version: z.string().max(64),
    /** Why it was given up or returned from: a code. */
    reason: z.string().max(64).optional(),
    detail: z.string().max(400).optional(),
  }),
  z.object({
    type: z.literal('quarantined'),
    what: z.string().max(200),
    bytes: z.int(),
    sha256: Sha256.optional(),
  }),
  z.object({
    type: z.literal('warning'),
    code: z.string().max(64),
    raised: z.boolean(),
    detail: z.string().max(400).optional(),
  }),
  /**
   * The device lost reports: those of first..last that the server does not have and that do not come any more are gone,
   * dropped for want of room or lost with a damaged store.
   */
  z.object({ type: z.literal('dropped'), first: z.int(), last: z.int() }),
]);
export type ReportEvent = z.infer<typeof ReportEvent>;
export type EndedEvent = Extract<ReportEvent, { type: 'ended' }>;

/** A numbered record of what a device did or refused; each carries the hash of the one before. */
export const Report = z.object({
  n: z.int().min(1),
  /** `hashOf` the report n-1; 64 zeros for the first. */
  prev: Sha256,
  at: Instant,
  trust: ClockTrust,
  boot: z.int().min(0),
  event: ReportEvent,
});
export type Report = z.infer<typeof Report>;

export const FIRST_PREV = '0'.repeat(64);
export const REPORT_BATCH_LIMIT = 200;

/**
 * Reports on the wire: consecutive numbers, signed with the device's key. A batch may begin after a gap: the numbers
 * left out come no more, and a later `dropped` says so. After a lost store the chain begins anew, with FIRST_PREV.
 */
export const ReportBatch = z.object({
  device: DeviceId,
  reports: z.array(Report).min(1).max(REPORT_BATCH_LIMIT),
  signature: Signature,
});
export type ReportBatch = z.infer<typeof ReportBatch>;

/**
 * SHA-256 of the canonical JSON of a report: the `prev` of the next. Pass the report as it came, not as parsed: a
 * newer device may put in members that the schema here drops, and they are hashed too.
 */
export function hashOf(report: object): Sha256 {
  return hashOfText(canonicalJson(report));
}

/** `hashOf` a report whose canonical text is there already. */
export function hashOfText(canonical: string): Sha256 {
  return hash('sha256', canonical, 'hex');
}

/**
 * The first place where a run of reports (as they came, see `hashOf`) is not a chain, or undefined. `before` is the
 * report just before the run; without it, the run may begin at any number. `hashes` are theirs, where somebody knows them.
 */
export function chainFault(
  reports: Pick<Report, 'n' | 'prev'>[],
  before?: { n: number; hash: Sha256 },
  hashes?: readonly Sha256[],
): string | undefined {
  let last = before;
  for (const [at, report] of reports.entries()) {
    if (report.n === 1 && report.prev !== FIRST_PREV) return 'report 1 does not begin a chain';
    if (last !== undefined && report.n !== last.n + 1) return `report ${report.n} follows ${last.n}`;
    if (last !== undefined && report.prev !== last.hash)
      return `report ${report.n} does not name the hash of ${last.n}`;
    last = { n: report.n, hash: hashes?.[at] ?? hashOf(report) };
  }
  return undefined;
}
