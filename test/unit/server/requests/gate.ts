import { instantOf } from '../../../../firmware-protocol/content/instant.ts';
import { Order, type UnsignedOrder } from '../../../../firmware-protocol/content/order.ts';
import { Programme, type ProgrammeEntry } from '../../../../firmware-protocol/content/programme.ts';
import { newKeyPair, signed, signingKey } from '../../../../firmware-protocol/content/signature.ts';
import type { MediaInfo } from '../../../../firmware-protocol/http/media.ts';
import type { PictureInfo } from '../../../../firmware-protocol/http/picture.ts';
import type { Answer } from '../../../../firmware-protocol/mqtt/answer.ts';
import type { Fate } from '../../../../firmware-protocol/mqtt/order-requests.ts';
import { Places } from '../../../../server/areas/places.ts';
import { mayReach } from '../../../../server/areas/reach.ts';
import { openDatabase } from '../../../../server/drivers/database/database.ts';
import { thaiPlaces } from '../../../../server/drivers/thai-places.ts';
import { ServerError } from '../../../../server/errors.ts';
import { noneYet } from '../../../../server/fleet/roll-up.ts';
import { nothingTold } from '../../../../server/fleet/told-outputs.ts';
import type { FleetRow, OperatorIdentity } from '../../../../server/ports.ts';
import { ProgrammeShelf } from '../../../../server/programme/programme-shelf.ts';
import { RequestGate } from '../../../../server/requests/request-gate.ts';
import type { StoredReport } from '../../../../server/tables.ts';
import { noAlerts } from '../alerts/no-alerts.ts';
import { onePerson } from '../approvals/one-person.ts';
import { paperAudit } from '../audit/paper-audit.ts';

/** 13 November 2026, 18:00 in Thailand. */
export const NOW = Date.parse('2026-11-13T18:00:00+07:00');
export const SPEECH: MediaInfo = {
  sha256: 'a'.repeat(64),
  bytes: 12_345,
  ms: 4_200,
  title: 'เสียงประกาศ น้ำท่วม',
  loudness_clufs: -1_600,
};
export const POSTER: PictureInfo = {
  sha256: 'c'.repeat(64),
  bytes: 18_250,
  width: 512,
  height: 384,
  frames: 1,
  type: 'image/jpeg',
  title: 'ฉีดวัคซีน',
};
const SONG: MediaInfo = { ...SPEECH, sha256: 'b'.repeat(64), ms: 50 * 60_000 };

const PEOPLE: OperatorIdentity[] = [
  { user: 'somchai', roles: ['author'], areas: ['43'] },
  { user: 'malee', roles: ['viewer'], areas: ['4301'] },
  { user: 'admin', roles: ['author', 'approver', 'technician', 'auditor', 'key-officer'], areas: ['th'] },
];
const hallsOfTest = (): FleetRow[] => [
  { device: 'nongkhai-1', village: '43010101', name: 'หมู่ ๑', reports_stored: 4 },
  { device: 'udon-1', village: '41010101', name: 'หมู่ ๑', reports_stored: 0 },
];

/** A province with villages is opened by `openProvince`. */
const nothingListed = await openDatabase(':memory:');

/** The gate with rooms behind it that only write down what was asked of them. */
export function openGate() {
  const key = signingKey('k', newKeyPair().seed);
  const sent: Order[] = [];
  const programmes: Programme[] = [];
  const logged: unknown[] = [];
  const reports: StoredReport[] = [];
  const audit = paperAudit(() => NOW);
  let broken = false;
  let issuedAt = NOW;
  let ids = 0;
  let now = NOW;
  let unheard: Partial<Record<Fate, string[]>> = {};
  const halls = hallsOfTest();
  const within = (area: string) => halls.filter(({ village }) => area === 'th' || village.startsWith(area));
  const send = async (unsigned: UnsignedOrder) => {
    const order = Order.parse(signed(unsigned, key));
    if (order.to.includes('4302')) throw new ServerError('nobody-there', { context: { areas: '4302' } });
    sent.push(order);
    return { order, devices: 1 };
  };
  const replace = async (area: string, entries: ProgrammeEntry[], by: string) => {
    const body = {
      format: 1 as const,
      area,
      by,
      entries,
      version: programmes.length + 1,
      issued_at: instantOf(issuedAt),
      valid_until: instantOf(NOW + 7 * 86_400_000),
    };
    const programme = Programme.parse(signed(body, key));
    programmes.push(programme);
    return programme;
  };
  const never = async () => expectNever();
  const plans = {
    published: async (area: string) => ({
      version: programmes.filter((each) => each.area === area).length,
      source: { entries: [], slots: [] },
    }),
    earlier: never,
    prospect: never,
    refresh: never,
    shelf: new ProgrammeShelf(nothingListed.programmes),
  };
  const gate = new RequestGate({
    db: nothingListed,
    alerts: noAlerts,
    carrier: {
      page: async () => ({ documents: [] }),
      take: async () => undefined,
    },
    province: {
      plans,
      db: nothingListed,
      villages: { within: async () => [], pages: async function* () {}, take: async () => expectNever() },
      readIcalLine: () => undefined,
    },
    desk: { uses: never, page: never, change: never, remove: never },
    speech: {
      say: async (text) => {
        if (text.includes('ไม่มีเสียง')) throw new ServerError('speech-cannot', { context: { missing: text } });
        return { media: { ...SPEECH, title: text }, voice: 'clips สมศรี' };
      },
    },
    operators: { identity: async (user) => PEOPLE.find((each) => each.user === user) },
    places: new Places(thaiPlaces()),
    fleet: {
      devices: async (area) => within(area),
      device: async (id) => {
        if (broken) throw new TypeError('the database is gone');
        return halls.find(({ device }) => device === id);
      },
    },
    rollUp: { of: noneYet, told: nothingTold, partsOf: () => [], hall: () => undefined, halls: () => [] },
    finder: { find: async () => [], nameOf: async () => undefined },
    dispatch: {
      send,
      order: async (id) => sent.find((order) => order.id === id),
      sendPreparedEnd: async () => undefined,
      hurry: async () => 1,
      recent: never,
      ended: never,
      progress: async ({ order, areas, fate, limit }) => {
        const seen = halls.filter(({ village }) => mayReach(areas, village));
        if (seen.length === 0) return undefined;
        const named = fate && (unheard[fate] ?? []);
        const shown = named?.map((device) => ({ device, village: '43010101' })) ?? seen;
        return {
          order,
          title: 'x',
          expires_at: instantOf(NOW),
          fates: { sent: seen.length },
          open: seen.length,
          ...(shown.length > limit && { next: 'there is more' }),
          deliveries: shown.slice(0, limit).map(({ device, village }) => ({
            device,
            village,
            state: 'sent' as const,
            fate: fate ?? ('sent' as const),
            outcomes: {},
            sends: 1,
          })),
        };
      },
    },
    enrolment: {
      createCode: async ({ device }) => ({ device, code: 'C', expires_at: instantOf(NOW) }),
    },
    programmes: {
      current: async (area) => programmes.findLast((each) => each.area === area),
      within: async () => programmes,
    },
    media: { get: async (sha256) => [SPEECH, SONG].find((info) => info.sha256 === sha256) },
    pictures: { get: async (sha256) => (sha256 === POSTER.sha256 ? POSTER : undefined) },
    reports: { list: async () => reports },
    health: { thinned: never },
    troubles: { add: never, get: never, within: never, open: never, close: never },
    screens: { of: never },
    previews: { paint: never },
    signCounts: { of: never },
    hearings: { find: () => undefined, keep: () => {} },
    clock: { wall: () => now },
    audit: audit.book,
    ...onePerson(send, {
      vetted: async ({ source: { entries } }) => ({
        ...{ entries, version: programmes.length + 1 },
        check: { conflicts: [], frozen: [] },
      }),
      issue: ({ area }, { entries }, by) => replace(area, entries, by),
      published: never,
    }),
    newOrderId: () => `01J000000000000000000000${String(ids++).padStart(2, '0')}`,
    log: { info: () => {}, warn: () => {}, error: (facts) => logged.push(facts) },
  });
  return {
    sent,
    audit,
    halls,
    /** So much later than `NOW`. */
    wait: (ms: number) => {
      now += ms;
    },
    unheard: (by: typeof unheard) => {
      unheard = by;
    },
    programmes,
    logged,
    reports,
    /** When the programmes that come are issued, epoch ms. */
    issueAt: (ms: number) => {
      issuedAt = ms;
    },
    break: () => {
      broken = true;
    },
    ask: (user: string, what: string, request: object | string): Promise<Answer> =>
      gate.handle(user, what, Buffer.from(typeof request === 'string' ? request : JSON.stringify(request))),
  };
}

function expectNever(): never {
  throw new Error('this room must not be entered');
}
