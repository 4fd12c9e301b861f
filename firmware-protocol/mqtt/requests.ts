import { z } from 'zod';
import { lineOf, Paragraph, Sha256 } from '../content/announcement.ts';
import { AreaCode, DeviceId, Target } from '../content/area.ts';
import { Instant, Ulid } from '../content/instant.ts';
import { KeySet } from '../content/key-set.ts';
import { ORDER_LIMITS, Order } from '../content/order.ts';
import { Programme } from '../content/programme.ts';
import { ClockTrust, PlayId, Report } from '../content/report.ts';
import { ALERT_REQUESTS } from './alert-requests.ts';
import { Transaction } from './answer.ts';
import { HealthAnswer, HealthRequest, OverviewAnswer, OverviewRequest } from './fleet-requests.ts';
import { HALL_REQUESTS } from './hall-requests.ts';
import { HEARING_REQUESTS } from './hearing-requests.ts';
import { ICAL_REQUESTS } from './ical-requests.ts';
import { LIBRARY_REQUESTS } from './library-requests.ts';
import { DeviceState, Presence } from './messages.ts';
import { OCCURRENCE_REQUESTS } from './occurrence-requests.ts';
import {
  OrderAnswer,
  OrderRequest,
  OrdersAnswer,
  OrdersRequest,
  PlanAnswer,
  RetryAnswer,
  RetryRequest,
} from './order-requests.ts';
import { PEOPLE_REQUESTS, Waits } from './people-requests.ts';
import { PLACE_REQUESTS } from './place-requests.ts';
import {
  ExplainAnswer,
  ExplainRequest,
  PROGRAMME_REQUESTS,
  ProgrammeAnswer,
  ProgrammeRequest,
} from './programme-requests.ts';
import { addressees, PushRequest } from './push-request.ts';
import { SIGN_REQUESTS } from './sign-requests.ts';
import { TEMPLATE_REQUESTS } from './template-requests.ts';
import { TROUBLE_REQUESTS } from './trouble-requests.ts';

const transaction = { transaction: Transaction.optional() };
const to = z.array(Target).min(1).max(ORDER_LIMITS.targets);

export const PushAnswer = z.object({
  order: Ulid,
  /** Groups resolved. */
  to,
  devices: z.int(),
  /** Of these devices: which have something to say it with. A hall may have no tower or no sign; `untold` has not said yet. */
  reach: z.object({ tower: z.int(), panel: z.int(), neither: z.int(), untold: z.int() }).optional(),
  expires_at: Instant,
  waits: Waits.optional(),
});
export type PushAnswer = z.infer<typeof PushAnswer>;

/** A text as speech: it goes into the library, where it can be listened to and pushed as `media`. */
export const SayRequest = z.strictObject({ text: Paragraph, ...transaction });
export type SayRequest = z.infer<typeof SayRequest>;
export const SayAnswer = z.object({
  sha256: Sha256,
  bytes: z.int(),
  ms: z.int(),
  title: z.string(),
  /** Which engine and voice said it. */
  voice: z.string(),
});
export type SayAnswer = z.infer<typeof SayAnswer>;

export const StopRequest = z
  .strictObject({
    to: addressees.optional(),
    /** An order's id; absent = everything below life-safety, and then `to` is needed. */
    order: Ulid.optional(),
    ...transaction,
  })
  .refine((stop) => stop.to !== undefined || stop.order !== undefined, {
    message: 'name the order, or whom to silence',
    path: ['to'],
  });
export type StopRequest = z.infer<typeof StopRequest>;
export const StopAnswer = z.object({ order: Ulid, to, devices: z.int() });
export type StopAnswer = z.infer<typeof StopAnswer>;

export const DevicesRequest = z.strictObject({
  area: AreaCode.default('th'),
  /** This one alone, if it stands there. */
  device: DeviceId.optional(),
  ...transaction,
});
export type DevicesRequest = z.infer<typeof DevicesRequest>;
export const DeviceRow = z.object({
  device: DeviceId,
  village: AreaCode,
  name: z.string(),
  presence: Presence.optional(),
  seen_at: Instant.optional(),
  trust: ClockTrust.optional(),
  state: DeviceState.optional(),
  reports_stored: z.int(),
  /** Two boxes speak under this name, and one of them is not believed: its card is a copy. */
  copied_since: Instant.optional(),
});
export const DevicesAnswer = z.object({ devices: z.array(DeviceRow) });
export type DevicesAnswer = z.infer<typeof DevicesAnswer>;

/** What devices reported, as the server stored it: proof of play. */
export const ReportsRequest = z.strictObject({
  device: DeviceId,
  /** Only what concerns this play: an order's id or an occurrence's. */
  play: PlayId.optional(),
  /** Reports with a higher number. */
  after: z.int().min(0).default(0),
  /** Reports with a lower number. */
  before: z.int().min(1).optional(),
  /** The last of them first. */
  newest_first: z.boolean().default(false),
  limit: z.int().min(1).max(500).default(200),
  ...transaction,
});
export type ReportsRequest = z.infer<typeof ReportsRequest>;
/** A report of an event that the server is too old to know: stored as it came, and counted. */
export const UnreadReport = z.looseObject({ n: z.int() });
export const ReportsAnswer = z.object({
  device: DeviceId,
  /** How many reports of this device are stored in all. */
  stored: z.int(),
  /** As the device wrote them, so that their hashes can be checked. */
  reports: z.array(Report),
  unread: z.array(UnreadReport).optional(),
});
export type ReportsAnswer = z.infer<typeof ReportsAnswer>;

/** A one-time code that makes a device. */
export const EnrolRequest = z.strictObject({
  device: DeviceId,
  village: AreaCode.refine((area) => area.length === 8, 'a hall stands in a village: 8 digits'),
  name: lineOf(120),
  ...transaction,
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;
export const EnrolAnswer = z.object({ device: DeviceId, code: z.string(), expires_at: Instant });
export type EnrolAnswer = z.infer<typeof EnrolAnswer>;

/** What a stick for these halls carries, page by page: documents as they were signed, to be written as the stick wire says. */
export const ExportRequest = z.strictObject({
  area: AreaCode,
  /** The `next` of the page before. */
  after: z.int().min(0).default(0),
  ...transaction,
});
export type ExportRequest = z.infer<typeof ExportRequest>;
export const ExportAnswer = z.object({
  area: AreaCode,
  /** In the order in which a hall reads them. */
  documents: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('keys'), document: KeySet }),
      z.object({ kind: z.literal('programme'), document: Programme }),
      z.object({ kind: z.literal('order'), document: Order }),
    ]),
  ),
  /** Absent = there are no more. */
  next: z.int().optional(),
});
export type ExportAnswer = z.infer<typeof ExportAnswer>;

/** A batch of reports that came by stick, as the hall signed it. */
export const ImportRequest = z.strictObject({ batch: z.record(z.string(), z.unknown()), ...transaction });
export type ImportRequest = z.infer<typeof ImportRequest>;
export const ImportAnswer = z.object({
  device: DeviceId,
  /** Reports of the hall are stored up to this number. */
  stored_up_to: z.int(),
});
export type ImportAnswer = z.infer<typeof ImportAnswer>;

/** One row per request: name on the topic, its schema, its answer. Switches, documents and the CLI come from it. */
export const REQUESTS = {
  push: { request: PushRequest, answer: PushAnswer },
  say: { request: SayRequest, answer: SayAnswer },
  stop: { request: StopRequest, answer: StopAnswer },
  programme: { request: ProgrammeRequest, answer: ProgrammeAnswer },
  explain: { request: ExplainRequest, answer: ExplainAnswer },
  devices: { request: DevicesRequest, answer: DevicesAnswer },
  ...HALL_REQUESTS,
  overview: { request: OverviewRequest, answer: OverviewAnswer },
  health: { request: HealthRequest, answer: HealthAnswer },
  plan: { request: PushRequest, answer: PlanAnswer },
  order: { request: OrderRequest, answer: OrderAnswer },
  orders: { request: OrdersRequest, answer: OrdersAnswer },
  retry: { request: RetryRequest, answer: RetryAnswer },
  reports: { request: ReportsRequest, answer: ReportsAnswer },
  enrol: { request: EnrolRequest, answer: EnrolAnswer },
  export: { request: ExportRequest, answer: ExportAnswer },
  import: { request: ImportRequest, answer: ImportAnswer },
  ...PEOPLE_REQUESTS,
  ...PLACE_REQUESTS,
  ...PROGRAMME_REQUESTS,
  ...ICAL_REQUESTS,
  ...HEARING_REQUESTS,
  ...OCCURRENCE_REQUESTS,
  ...LIBRARY_REQUESTS,
  ...TEMPLATE_REQUESTS,
  ...TROUBLE_REQUESTS,
  ...ALERT_REQUESTS,
  ...SIGN_REQUESTS,
} as const;
export type RequestName = keyof typeof REQUESTS;
export type RequestOf<N extends RequestName> = z.input<(typeof REQUESTS)[N]['request']>;
export type AnswerTo<N extends RequestName> = z.infer<(typeof REQUESTS)[N]['answer']>;
