import { z } from 'zod';
import { DeviceId } from '../content/area.ts';
import { Instant } from '../content/instant.ts';
import { ClockTrust, Outcome, PanelEvidence, PlayId, ReportEvent, TowerEvidence } from '../content/report.ts';
import { DeviceState, Health, InputLevel } from '../mqtt/messages.ts';
import { ExplainAnswer } from '../mqtt/programme-requests.ts';
import { SideloadResult } from '../stick/layout.ts';

/** Bounds of a request and of an answer, bytes. */
export const LOCAL_LIMITS = { requestBytes: 16 * 1024, answerBytes: 1024 * 1024 } as const;

const Nothing = z.strictObject({});

/** Something more important may be on air: a test waits so long for its end, then it is `expired`. A person waits no longer. */
const WAIT = { wait_s: z.int().min(1).max(60).default(15) };

/** The hall's line to the broker as the agent sees it. */
const LinkState = z.object({
  broker: z.string(),
  connected: z.boolean(),
  /** Why the last try failed, as the driver said it. */
  trouble: z.string().max(400).optional(),
  reports_waiting: z.int().min(0),
});
export type LinkState = z.infer<typeof LinkState>;

/** How a test went, as it stands in the report. */
const Tested = z.object({
  play: PlayId,
  outcome: Outcome,
  reason: z.string().optional(),
  detail: z.string().optional(),
  tower: TowerEvidence.optional(),
  panel: PanelEvidence.optional(),
});
export type Tested = z.infer<typeof Tested>;

const Bilingual = z.object({ en: z.string(), th: z.string() });
const ExplainedCheck = z.object({
  check: z.string(),
  result: z.enum(['ok', 'bad', 'not-known']),
  figure: z.string().optional(),
  limit: z.string().optional(),
  /** The same in Thai; absent from older agents. */
  figure_th: z.string().optional(),
  limit_th: z.string().optional(),
  /** Where it is bad the hall does not do its work; absent = it does, and somebody should come. */
  grave: z.boolean().optional(),
  /** Number of the warning that it raises, or that its part is warned of with. */
  warning: z.int(),
  cause: Bilingual,
  remedy: Bilingual,
});

/**
 * What the running agent answers to who sits at the box. One row a verb: its request, its answer, what it is for. What sounds
 * or shows goes through the playout like any other play, in the band of scheduled announcements, and is reported.
 */
export const LOCAL_VERBS = {
  state: {
    request: Nothing,
    answer: z.object({
      ...{ device: DeviceId, at: Instant, state: DeviceState },
      /** What was said with each warning, by its code: the figure, the version, the file. Absent from older agents. */
      details: z.record(z.string(), z.string()).optional(),
    }),
    says: 'what the hall is doing, and what it warns of',
  },
  health: { request: Nothing, answer: Health, says: 'measurements of this moment' },
  checks: {
    /** `now`: looked at this moment, the card written to as well; else as of the last minute. */
    request: z.strictObject({ now: z.boolean().default(false) }),
    answer: z.object({ checks: z.array(ExplainedCheck) }),
    says: 'each check of the hall: figure, limit, cause, remedy',
  },
  link: { request: Nothing, answer: LinkState, says: 'the line to the broker' },
  'round-trip': {
    request: Nothing,
    answer: z.object({ broker_ms: z.number(), server_ms: z.number().optional() }),
    says: 'to the broker and back, to the server and back',
  },
  next: {
    request: z.strictObject({ hours: z.int().min(1).max(168).default(24) }),
    answer: ExplainAnswer.omit({ who: true }).extend({ trust: ClockTrust }),
    says: 'what will be heard and shown, and why',
  },
  reports: {
    request: z.strictObject({ limit: z.int().min(1).max(100).default(20) }),
    answer: z.object({ events: z.array(z.object({ at: Instant, event: ReportEvent })) }),
    says: 'what was reported last, oldest first',
  },
  'log-tail': {
    request: z.strictObject({ lines: z.int().min(1).max(500).default(500) }),
    answer: z.object({ lines: z.array(z.string()) }),
    says: 'the last lines of the log, without secrets',
  },
  stop: {
    request: Nothing,
    /** What was on air and is no more. */
    answer: z.object({ stopped: z.array(PlayId) }),
    says: 'silence and a free sign, now; life-safety and later plays are untouched',
  },
  'test-tone': {
    /** Share of the full level, in percent: 1 is heard beside the cabinet, 100 in the village. */
    request: z.strictObject({
      level: z.number().min(0.1).max(100),
      /** Also in the quiet hours: whoever asks stands at the tower and was asked whether it shall wake the village. */
      at_night: z.boolean().default(false),
      ...WAIT,
    }),
    answer: Tested,
    says: 'a chime on the tower',
  },
  'amplifier-test': {
    request: z.strictObject(WAIT),
    answer: Tested,
    says: 'the amplifier on for three seconds, without sound',
  },
  'input-levels': {
    request: Nothing,
    answer: z.object({ inputs: z.array(InputLevel) }),
    says: 'what receiver and microphone hear now',
  },
  'sign-test': {
    /** Eight: read twice, slowly. */
    request: z.strictObject({ seconds: z.int().min(2).max(30).default(8), ...WAIT }),
    answer: Tested,
    says: 'a page of Thai letters on the sign, read back where the board can',
  },
  'sign-lamps': {
    /** Six pictures, each for so long. */
    request: z.strictObject({ seconds: z.int().min(2).max(10).default(3), ...WAIT }),
    answer: Tested,
    says: 'colours and every second lamp on the sign',
  },
  sideload: {
    request: z.strictObject({ folder: z.string().min(1).max(4_096) }),
    answer: SideloadResult,
    says: 'takes programmes, orders and files from a folder, through the same gate as from the wire',
  },
  'page-link': {
    request: Nothing,
    answer: z.object({ url: z.url().optional(), expires: Instant.optional() }),
    says: 'the link to the local page; none = it is not configured',
  },
} as const satisfies Record<string, { request: z.ZodType; answer: z.ZodType; says: string }>;

export type LocalVerb = keyof typeof LOCAL_VERBS;
export type LocalRequestOf<V extends LocalVerb> = z.infer<(typeof LOCAL_VERBS)[V]['request']>;
export type LocalAnswerOf<V extends LocalVerb> = z.infer<(typeof LOCAL_VERBS)[V]['answer']>;
