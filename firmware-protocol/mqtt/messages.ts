import { z } from 'zod';
import { AreaCode, DeviceId } from '../content/area.ts';
import { Output } from '../content/band.ts';
import { Instant } from '../content/instant.ts';
import { ClockTrust, PlayId } from '../content/report.ts';
import { Signature } from '../content/signature.ts';
import { SiteLaws } from '../content/site-laws.ts';
import { SignFace } from './sign-screen.ts';

/** Birth and last will, retained. The will has the boot number of the session it belongs to: an old will loses. */
export const Presence = z.object({
  state: z.enum(['online', 'offline']),
  boot: z.int().min(0),
});
export type Presence = z.infer<typeof Presence>;

const OutputState = z.object({
  works: z.boolean(),
  /** What it is doing now; absent = idle. */
  play: PlayId.optional(),
  title: z.string().max(120).optional(),
});

/** Last state, retained, sent on change. */
export const DeviceState = z.object({
  boot: z.int().min(0),
  version: z.string().max(64),
  village: AreaCode,
  trust: ClockTrust,
  /** Quoted by live orders while the clock is not trusted; new at each boot. */
  boot_nonce: z.string().max(64),
  keys: z.int().min(0),
  programmes: z.array(z.object({ area: AreaCode, version: z.int() })).max(5),
  outputs: z.partialRecord(Output, OutputState),
  /** What screens are made for here; absent: it has no sign that takes pages, or is older. */
  sign: SignFace.optional().catch(undefined),
  warnings: z.array(z.string().max(64)).max(64),
  /** By which the device refuses what would sound; laws of a newer device that cannot be read here are left out. */
  laws: SiteLaws.optional().catch(undefined),
  /** A newer version of the agent and how far it is; absent: there is none, or this agent is replaced by other hands. */
  update: z
    .object({
      version: z.string().max(64),
      /** `fetch`, `trial`, `restart`, or why nothing is done yet: `not-yet`, `not-in-share`, `gave-up`, `on-air`, ... */
      step: z.string().max(32),
      until: Instant.optional(),
    })
    .optional(),
});
export type DeviceState = z.infer<typeof DeviceState>;

/** What a sign says of itself, as far as it measures that. */
const SignHealth = z.object({
  /** As it was told: 0 = as dark as it goes, 255 = full. */
  brightness: z.int().min(0).max(255).optional(),
  temperature_c: z.number().optional(),
  light_lux: z.number().min(0).optional(),
  supply_v: z.number().min(0).optional(),
  /** Numbered from 0, row by row. */
  faulty_modules: z.array(z.int().min(0)).max(1_024).optional(),
});

/** What is known of the amplifier of the tower; a figure that is absent is not measured. */
const AmplifierHealth = z.object({
  on: z.boolean(),
  /** On since the agent started, seconds in all. */
  on_s: z.int().min(0),
  current_ma: z.int().min(0).optional(),
  temperature_c: z.number().optional(),
  supply_v: z.number().min(0).optional(),
  /** Codes: `over-temperature`, `short-circuit`, `relay-lost`, ... */
  faults: z.array(z.string().max(32)).max(16).optional(),
});

/** Something that listens: a receiver, a microphone. Levels of the last second, hundredths of a decibel below full scale. */
export const InputLevel = z.object({
  name: z.string().max(32),
  /** Whether it can be heard. */
  there: z.boolean(),
  /** Whether somebody speaks: by its contact, or by the level. */
  open: z.boolean(),
  peak_cdbfs: z.int().max(0).optional(),
  rms_cdbfs: z.int().max(0).optional(),
});
export type InputLevel = z.infer<typeof InputLevel>;

/** The computer itself; what it cannot measure is absent. */
const BoxHealth = z.object({
  temperature_c: z.number().optional(),
  memory_available_bytes: z.int().min(0).optional(),
  under_voltage: z.boolean().optional(),
  slowed: z.boolean().optional(),
  file_system_errors: z.int().min(0).optional(),
  wear_percent: z.number().min(0).optional(),
  /** A small file written, synced and read back. */
  write_ms: z.int().min(0).optional(),
  /** Written since the file system was made, in sizes of the card; SD cards and eMMC only. */
  written_times: z.number().min(0).optional(),
  wifi_dbm: z.number().optional(),
  /** Signal of the mobile modem, as ModemManager judges it. */
  mobile_percent: z.int().min(0).max(100).optional(),
});

/** The files that the next seven days need, as of some minutes ago. */
const MediaHealth = z.object({
  week_files: z.int().min(0),
  week_bytes: z.int().min(0),
  /** Not here: to come, or without room. */
  week_missing: z.int().min(0),
  /** When the first of them is needed. */
  first_missing: Instant.optional(),
});

/** Measurements, each minute, QoS 0: losing one is harmless. */
export const Health = z.object({
  at: Instant,
  uptime_s: z.int().min(0),
  rss_bytes: z.int().min(0),
  disk_free_bytes: z.int().min(0).optional(),
  load_1m: z.number().min(0).optional(),
  reports_waiting: z.int().min(0),
  box: BoxHealth.optional(),
  media: MediaHealth.optional(),
  sign: SignHealth.optional(),
  amplifier: AmplifierHealth.optional(),
  /** Absent = this hall has none, or is older. */
  inputs: z.array(InputLevel).max(8).optional(),
});
export type Health = z.infer<typeof Health>;

/** A device asks for the time; the nonce makes the answer good for this question only. */
export const TimeAsk = z.object({ nonce: z.string().min(16).max(64) });
export type TimeAsk = z.infer<typeof TimeAsk>;
/** Signed (use `time`); its error is bounded by the round trip. */
export const TimeAnswer = z.object({
  device: DeviceId,
  nonce: z.string().min(16).max(64),
  time: Instant,
  signature: Signature,
});
export type TimeAnswer = z.infer<typeof TimeAnswer>;
