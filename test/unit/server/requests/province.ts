import { Order } from '../../../../firmware-protocol/content/order.ts';
import type { Answer } from '../../../../firmware-protocol/mqtt/answer.ts';
import type { AnswerTo, RequestName } from '../../../../firmware-protocol/mqtt/requests.ts';
import { Places } from '../../../../server/areas/places.ts';
import { StandingJournal } from '../../../../server/areas/standing-journal.ts';
import { VillageRegister } from '../../../../server/areas/village-register.ts';
import { AuditBook } from '../../../../server/audit/audit-book.ts';
import { LibraryDesk } from '../../../../server/content/library-desk.ts';
import { MediaUses } from '../../../../server/content/media-uses.ts';
import { readIcalLine } from '../../../../server/drivers/ical.ts';
import { thaiPlaces } from '../../../../server/drivers/thai-places.ts';
import { HallFinder } from '../../../../server/fleet/hall-finder.ts';
import { HallQuestions } from '../../../../server/fleet/hall-questions.ts';
import { Registry } from '../../../../server/fleet/registry.ts';
import { RollUp } from '../../../../server/fleet/roll-up.ts';
import { ScreenRoom } from '../../../../server/fleet/screen-room.ts';
import type { OperatorIdentity } from '../../../../server/ports.ts';
import { PlanOffice } from '../../../../server/programme/plan-office.ts';
import { KeptHearings } from '../../../../server/requests/kept-hearings.ts';
import { RequestGate } from '../../../../server/requests/request-gate.ts';
import { SignCounts } from '../../../../server/signs/sign-counts.ts';
import type { PreviewedPage, PreviewJob } from '../../../../server/signs/sign-painter.ts';
import { noAlerts } from '../alerts/no-alerts.ts';
import { onePerson } from '../approvals/one-person.ts';
import { openOffice, silent } from '../office.ts';

const PEOPLE: OperatorIdentity[] = [
  { user: 'somchai', roles: ['author'], areas: ['43'] },
  { user: 'kamnan', roles: ['author'], areas: ['43010101'] },
  { user: 'malee', roles: ['viewer'], areas: ['4301'] },
  { user: 'admin', roles: ['author'], areas: ['th'] },
];
// The gazetteer reads its tables once.
const gazetteer = new Places(thaiPlaces());

/** What the painter of this province makes of every page. */
export const PAINTED: PreviewedPage = {
  screens: [
    { picture: 0, crc: '00c0ffee', ms: 4_000 },
    { picture: 1, crc: '00c0ffef', ms: 6_000 },
  ],
  pictures: ['iVBORw0KGgoA', 'iVBORw0KGgoB'],
  leftOut: [{ part: 'qr', reason: 'qr-unfit' }],
  words: [{ kind: 'cut', what: ['คอมพิวเตอร์'] }],
};

/** The gate before the real rooms of a province, on a database in memory and a broker of paper. */
export async function openProvince() {
  const office = await openOffice();
  const { db, clock, programmes, dispatcher } = office;
  const never = async () => {
    throw new Error('this room must not be entered');
  };
  const plans = new PlanOffice({ db, programmes, clock });
  const deleted: string[] = [];
  const files = { remove: async (sha256: string) => void deleted.push(sha256) };
  const rollUp = new RollUp(db.devices);
  const journal = new StandingJournal({ db, clock });
  const desk = new LibraryDesk({
    db,
    files,
    uses: new MediaUses({ db, shelf: plans.shelf, clock }),
    clock,
    log: silent,
  });
  let ids = 0;
  const questions = new HallQuestions({ broker: office.broker, clock, random: office.random });
  const painted: PreviewJob[] = [];
  const gate = new RequestGate({
    db,
    alerts: noAlerts,
    operators: { identity: async (user) => PEOPLE.find((each) => each.user === user) },
    places: gazetteer,
    province: {
      db,
      villages: new VillageRegister({ db, places: gazetteer, clock }),
      plans,
      readIcalLine,
    },
    fleet: new Registry(db),
    rollUp,
    finder: new HallFinder({ rollUp, places: gazetteer, clock, othersFirst: async () => {} }),
    dispatch: dispatcher,
    enrolment: { createCode: never },
    programmes,
    media: db.media,
    pictures: db.pictures,
    desk,
    speech: { say: never },
    reports: db.reports,
    health: db.health,
    troubles: db.troubles,
    screens: new ScreenRoom({ halls: questions, clock }),
    hearings: new KeptHearings({ clock }),
    signCounts: new SignCounts({ standings: db.standings, clock }),
    previews: {
      paint: async (asked) => {
        painted.push(asked);
        return PAINTED;
      },
    },
    carrier: { page: never, take: never },
    audit: new AuditBook({ db, clock }),
    ...onePerson((order) => dispatcher.send(order), plans),
    clock,
    newOrderId: () => `01J000000000000000000000${String(ids++).padStart(2, '0')}`,
    log: silent,
  });
  const answer = (user: string, what: RequestName, request: object): Promise<Answer> =>
    gate.handle(user, what, Buffer.from(JSON.stringify(request)));
  return {
    ...office,
    desk,
    deleted,
    questions,
    painted,
    programmes,
    rollUp,
    /** As after what they said of themselves was stored. */
    heard: async (...ids: string[]) => {
      const halls = [...(await db.devices.many(ids)).values()];
      await journal.note(halls);
      rollUp.note(halls);
    },
    answer,
    /** The answer's data; throws what was refused. */
    async ask<N extends RequestName>(what: N, request: object, user = 'somchai'): Promise<AnswerTo<N>> {
      const got = await answer(user, what, request);
      if (got.status === 'error') throw new Error(JSON.stringify(got.error));
      return got.data as AnswerTo<N>;
    },
    lastOrder: async () => Order.parse((await db.orders.alive(clock.wall(), 1))[0]),
  };
}
export type Province = Awaited<ReturnType<typeof openProvince>>;

/** A page of a sign, and nothing to hear. */
export const sign = (text: string, seconds = 30) => ({ title: text, panel: { pages: [{ text, seconds }] } });

/** A sign's entry in November 2026; `starts` as `13T12:00`. */
export const entry = (id: string, starts: string, rest: object = {}) => ({
  id,
  starts: `2026-11-${starts}:00`,
  band: 40,
  announcement: sign(`ข่าว ${id}`),
  ...rest,
});

/** What people do with plans, in few words. */
export function plansOf(province: Province) {
  return {
    draft: (area: string, entries: object[], rest: object = {}, user = 'somchai') =>
      province.ask('draft', { area, entries, ...rest }, user),
    publish: (area: string, rest: object = {}, user = 'somchai') =>
      province.answer(user, 'publish', { area, ...rest }),
    current: async (area: string) => (await province.programmes.current(area))?.entries,
  };
}
export type Plans = ReturnType<typeof plansOf>;

/** What a box of this version says of itself, as far as a test cares. */
export function stateWith(outputs: object, rest: object = {}) {
  return {
    boot: 1,
    version: '0.1.0',
    village: '43010101',
    trust: 'full' as const,
    boot_nonce: 'n',
    keys: 1,
    programmes: [],
    warnings: [],
    outputs,
    ...rest,
  };
}
