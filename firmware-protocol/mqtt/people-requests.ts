import { z } from 'zod';
import { Paragraph, Sha256 } from '../content/announcement.ts';
import { AreaCode, DeviceId, Target } from '../content/area.ts';
import { AuditHead } from '../content/audit.ts';
import { Output } from '../content/band.ts';
import { Instant, LocalTime, Ulid } from '../content/instant.ts';
import { ScopedKey } from '../content/key-set.ts';
import { proof, Transaction } from './answer.ts';
import { Assertion, PASSKEY_REQUESTS } from './passkey-requests.ts';

/** What people ask about people: who did what, who may say yes. Rows of REQUESTS, strict as all of them. */

const transaction = { transaction: Transaction.optional() };

/** The audit of the server, a page at a time. */
export const AuditRequest = z.strictObject({
  /** Lines with a higher number. */
  after: z.int().min(0).default(0),
  limit: z.int().min(1).max(1_000).default(200),
  ...transaction,
});
export type AuditRequest = z.infer<typeof AuditRequest>;
export const AuditAnswer = z.object({
  /** Each line as it was written, so that its hash can be checked: one damaged on the server's disk may be anything. */
  lines: z.array(z.string()),
  /** The last line that there is. */
  head: AuditHead,
  /** There are more after these. */
  more: z.boolean(),
});
export type AuditAnswer = z.infer<typeof AuditAnswer>;

/** Why an order or a programme waits for a second person. */
export const Need = z.enum(['alert', 'wide', 'quiet-hours']);
export type Need = z.infer<typeof Need>;

/** In the answer to what waits: nothing has gone out yet. */
export const Waits = z.object({
  needs: z.array(Need).min(1),
  /** What the second person has to agree to. */
  sha256: Sha256,
  /** Then it is too late. */
  until: Instant,
});

/** What waits for a second person, or did. */
export const ApprovalsRequest = z.strictObject({
  /** Also what was decided or expired. */
  all: z.boolean().default(false),
  limit: z.int().min(1).max(100).default(50),
  ...transaction,
});
export type ApprovalsRequest = z.infer<typeof ApprovalsRequest>;
/** An entry of a programme, in short. */
const EntryRow = z.object({
  id: z.string(),
  title: z.string(),
  starts: LocalTime,
  rule: z.string().optional(),
  band: z.int(),
  outputs: z.array(Output),
});
/** What becomes otherwise; entries by their ids. */
export const PlanChangeRows = z.object({
  added: z.array(EntryRow),
  changed: z.array(EntryRow),
  removed: z.array(EntryRow),
});
export type PlanChangeRows = z.infer<typeof PlanChangeRows>;
/** Of a programme that waits: where, over which version, and what becomes otherwise. */
export const HeldProgrammeRow = PlanChangeRows.extend({ area: AreaCode, based_on: z.int() });
export const HeldRow = z.object({
  /** The id of what waits; of an order, its own. */
  order: Ulid,
  by: z.string(),
  /** Why its author says it. */
  why: z.string().optional(),
  needs: z.array(Need),
  sha256: Sha256,
  /** The order as it would be signed, but for its times; of a programme, what its `sha256` is the hash of. */
  document: z.record(z.string(), z.unknown()),
  /** Of an order: how long it lives from the yes on, or from its start, seconds. */
  lives_s: z.int().optional(),
  /** Of a programme. */
  programme: HeldProgrammeRow.optional(),
  asked_at: Instant,
  until: Instant,
  state: z.enum(['waiting', 'approved', 'refused', 'expired', 'failed']),
  decided_by: z.string().optional(),
  decided_at: Instant.optional(),
  reason: z.string().optional(),
});
export const ApprovalsAnswer = z.object({
  held: z.array(HeldRow),
  /** There are more than are told. */
  more: z.boolean(),
});
export type ApprovalsAnswer = z.infer<typeof ApprovalsAnswer>;

/** Told to whoever may approve it, and to its author, when something begins to wait and when it is decided; `approvals` has the rest. */
export const ApprovalEvent = HeldRow.pick({
  ...{ order: true, by: true, needs: true, sha256: true, until: true, state: true },
  ...{ decided_by: true, reason: true },
}).extend({ to: z.array(Target) });
export type ApprovalEvent = z.infer<typeof ApprovalEvent>;

/** The second person says yes. */
export const ApproveRequest = z.strictObject({
  order: Ulid,
  /** Of the content that was read: of another one, the yes does not count. */
  sha256: Sha256,
  ...proof,
  ...transaction,
});
export type ApproveRequest = z.infer<typeof ApproveRequest>;
export const ApproveAnswer = z.object({
  order: Ulid,
  to: z.array(Target),
  devices: z.int(),
  /** Of a programme: until when it is valid. */
  expires_at: Instant,
  /** Of a programme: what is published now. */
  programme: z.object({ area: AreaCode, version: z.int() }).optional(),
});
export type ApproveAnswer = z.infer<typeof ApproveAnswer>;

/** No, by who may say yes; or the author takes it back. */
export const RefuseRequest = z.strictObject({
  order: Ulid,
  reason: Paragraph.max(400),
  ...transaction,
});
export type RefuseRequest = z.infer<typeof RefuseRequest>;
export const RefuseAnswer = z.object({ order: Ulid, state: z.literal('refused') });
export type RefuseAnswer = z.infer<typeof RefuseAnswer>;

/**
 * The password again, or a passkey of one's own, for one request: `sha256` of the RFC 8785 canonical JSON of it without `transaction`
 * and `proof`.
 */
export const ProveRequest = z
  .strictObject({
    password: z.string().min(1).max(128).optional(),
    /** Over the challenge that `passkeys` gave for this hash. */
    passkey: Assertion.optional(),
    sha256: Sha256,
    ...transaction,
  })
  .refine(({ password, passkey }) => (password === undefined) !== (passkey === undefined), {
    message: 'give the password, or a passkey',
    path: ['password'],
  });
export type ProveRequest = z.infer<typeof ProveRequest>;
export const ProveAnswer = z.object({ proof: z.string(), seconds: z.int() });
export type ProveAnswer = z.infer<typeof ProveAnswer>;

export const ROLE_NAMES = ['viewer', 'author', 'approver', 'technician', 'auditor', 'key-officer'] as const;

/** The accounts in the asker's areas; with `change`, one of them: `add`, `roles` (and areas), `code` (a new one), `close`. */
export const PeopleRequest = z
  .strictObject({
    change: z.enum(['add', 'roles', 'code', 'close']).optional(),
    user: DeviceId.optional(),
    roles: z.array(z.enum(ROLE_NAMES)).min(1).max(ROLE_NAMES.length).optional(),
    areas: z.array(AreaCode).min(1).max(100).optional(),
    ...proof,
    ...transaction,
  })
  .refine(({ change, user }) => change === undefined || user !== undefined, {
    message: 'name the account',
    path: ['user'],
  })
  .refine(
    ({ change, roles, areas }) =>
      (change !== 'add' && change !== 'roles') || (roles !== undefined && areas !== undefined),
    { message: 'give roles and areas', path: ['roles'] },
  );
export type PeopleRequest = z.infer<typeof PeopleRequest>;
export const PeopleAnswer = z.object({
  people: z.array(
    z.object({
      user: z.string(),
      roles: z.array(z.string()),
      areas: z.array(AreaCode),
      /** Somebody chose its password, and it was not closed. */
      open: z.boolean(),
    }),
  ),
  /** With which its owner chooses a password. */
  code: z.string().optional(),
  expires_at: Instant.optional(),
});
export type PeopleAnswer = z.infer<typeof PeopleAnswer>;

/** Which keys speak to the halls. */
export const KeysRequest = z.strictObject({ ...transaction });
export type KeysRequest = z.infer<typeof KeysRequest>;
export const KeysAnswer = z.object({
  version: z.int(),
  keys: z.array(ScopedKey.omit({ public: true })),
  /** How many of the asker's halls hold which version of the set; `unknown` has not told. */
  halls: z.record(z.string(), z.int()),
});
export type KeysAnswer = z.infer<typeof KeysAnswer>;

export const PEOPLE_REQUESTS = {
  audit: { request: AuditRequest, answer: AuditAnswer },
  approvals: { request: ApprovalsRequest, answer: ApprovalsAnswer },
  approve: { request: ApproveRequest, answer: ApproveAnswer },
  refuse: { request: RefuseRequest, answer: RefuseAnswer },
  prove: { request: ProveRequest, answer: ProveAnswer },
  keys: { request: KeysRequest, answer: KeysAnswer },
  people: { request: PeopleRequest, answer: PeopleAnswer },
  ...PASSKEY_REQUESTS,
} as const;
