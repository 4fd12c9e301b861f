import { beforeEach, describe, expect, it } from 'vitest';
import { ApprovalDesk } from '../../../../server/approvals/approval-desk.ts';
import { HELD_LIFE_MS } from '../../../../server/approvals/held-facts.ts';
import type { HeldProgramme } from '../../../../server/approvals/held-programme.ts';
import type { Asker } from '../../../../server/asker.ts';
import { AuditBook } from '../../../../server/audit/audit-book.ts';
import { orderIds } from '../../../../server/drivers/order-ids.ts';
import type { OperatorIdentity } from '../../../../server/ports.ts';
import { PlanOffice } from '../../../../server/programme/plan-office.ts';
import { type Office, openOffice, silent } from '../office.ts';
import { entry, sign } from '../requests/province.ts';

const person = (user: string, ...roles: OperatorIdentity['roles']): Asker => ({
  ...{ user, roles, areas: ['43'], proved: true },
});
const SOMCHAI = person('somchai', 'author');
const MALEE = person('malee', 'approver');
const BOTH = person('kaew', 'author', 'approver');

let office: Office;
let plans: PlanOffice;
let people: Asker[];
let audit: AuditBook;
beforeEach(async () => {
  // Friday, 13 November 2026, 09:00.
  office = await openOffice();
  plans = new PlanOffice({ db: office.db, programmes: office.programmes, clock: office.clock });
  people = [SOMCHAI, MALEE, BOTH];
  audit = new AuditBook({ db: office.db, clock: office.clock });
});

const openDesk = (policy: { alone?: string[]; stepUp?: boolean } = {}) =>
  new ApprovalDesk({
    ...{ db: office.db, dispatch: office.dispatcher, clock: office.clock, log: silent, audit, plans },
    operators: {
      identity: async (user) => people.find((each) => each.user === user),
      list: async () => people,
    },
    policy: { quiet: [{ from: '21:00', until: '06:00' }], alone: [], stepUp: true, ...policy },
    newId: orderIds(office.clock, office.random),
    tell: () => {},
  });

/** As the store reads them. */
async function wanted(area: string, entries: object[], slots: object[] = []) {
  const { version } = await plans.published(area);
  const record = { area, basedOn: version, by: 'somchai', changedAt: office.clock.wall() };
  await office.db.drafts.put({ ...record, source: { entries, slots } as never });
  const draft = await office.db.drafts.get(area);
  if (draft === undefined) throw new Error('no draft');
  return { area, basedOn: version, source: draft.source, accept: [], planned: true };
}
type Wanted = Awaited<ReturnType<typeof wanted>>;

async function held(desk: ApprovalDesk, want: Wanted, asker = SOMCHAI): Promise<HeldProgramme> {
  const submitted = await desk.submitProgramme(want, asker);
  if (!('held' in submitted)) throw new Error('it was published');
  return submitted.held;
}
const current = async (area: string) => (await office.programmes.current(area))?.entries.map(({ id }) => id);
const voice = (title: string) => ({ title, tower: { chime: 'attention' } });

describe('a programme takes a second person', () => {
  it.each<[string, string, object, string[]]>([
    ['a sign in one district', '4301', {}, []],
    ['a voice in one district by day', '4301', { announcement: voice('ข่าว') }, []],
    ['a province', '43', {}, ['wide']],
    [
      'a voice before six, once in a month',
      '4301',
      { starts: '2026-12-05T05:30:00', announcement: voice('ตักบาตร') },
      ['quiet-hours'],
    ],
    [
      'a ceremony at night, which no law of a hall stops',
      '4301',
      { starts: '2026-11-14T23:00:00', band: 80, announcement: voice('เพลงชาติ') },
      ['quiet-hours'],
    ],
    ['a sign at night', '4301', { starts: '2026-11-14T23:00:00' }, []],
  ])('%s', async (_what, area, more, needs) => {
    const desk = openDesk();
    const want = await wanted(area, [entry('one', '14T12:00', more)]);
    const submitted = await desk.submitProgramme({ ...want, accept: ['conflicts'] }, SOMCHAI);
    expect('held' in submitted ? submitted.held.needs : []).toEqual(needs);
    expect(await current(area)).toEqual(needs.length === 0 ? ['one'] : undefined);
  });

  it('only for what it says anew; what only falls silent waits for nobody', async () => {
    const early = entry('early', '14T05:30', { rule: 'FREQ=DAILY', announcement: voice('ข่าวเช้า') });
    const first = await held(openDesk(), await wanted('4301', [early, entry('noon', '14T12:00')]));
    await openDesk().approve(first.id, first.sha256, MALEE);
    const beside = await openDesk().submitProgramme(
      await wanted('4301', [early, entry('noon', '14T12:30')]),
      SOMCHAI,
    );
    expect(beside).toHaveProperty('published.version', 2);
    expect(await openDesk().submitProgramme(await wanted('4301', []), SOMCHAI)).toHaveProperty(
      'published.version',
      3,
    );
  });
});

describe('what waits', () => {
  it('is published as it was read, over what it was made from, in the name of its author', async () => {
    const desk = openDesk();
    const { id, sha256, change } = await held(desk, await wanted('43', [entry('news', '14T12:00')]));
    expect(change).toMatchObject({ added: [{ id: 'news' }], changed: [], removed: [] });
    expect(await current('43')).toBeUndefined();
    // Another draft meanwhile changes nothing of what waits, and stays.
    await wanted('43', [entry('other', '14T13:00')]);
    await expect(desk.approve(id, '0'.repeat(64), MALEE)).rejects.toMatchObject({ code: 'content-differs' });
    expect(await openDesk().approve(id, sha256, MALEE)).toMatchObject({
      programme: { area: '43', version: 1, by: 'somchai', entries: [{ id: 'news' }] },
    });
    expect((await office.db.drafts.get('43'))?.source.entries).toMatchObject([{ id: 'other' }]);
    await expect(desk.approve(id, sha256, BOTH)).rejects.toMatchObject({ code: 'not-waiting' });
  });

  it('is not approved by its author, nor without the password of both', async () => {
    const desk = openDesk();
    const want = await wanted('43', [entry('news', '14T12:00')]);
    await expect(desk.submitProgramme(want, { ...SOMCHAI, proved: false })).rejects.toMatchObject({
      code: 'step-up-needed',
    });
    const { id, sha256 } = await held(desk, want, BOTH);
    await expect(desk.approve(id, sha256, BOTH)).rejects.toMatchObject({ code: 'own-request' });
    await expect(desk.approve(id, sha256, { ...MALEE, proved: false })).rejects.toMatchObject({
      code: 'step-up-needed',
    });
    expect(await current('43')).toBeUndefined();
  });

  it('is not published over what somebody else published since', async () => {
    const desk = openDesk();
    const [one, two] = [
      await held(desk, await wanted('43', [entry('one', '14T12:00')])),
      await held(desk, await wanted('43', [entry('two', '14T12:00')])),
    ];
    await desk.approve(one.id, one.sha256, MALEE);
    await expect(desk.approve(two.id, two.sha256, MALEE)).rejects.toMatchObject({ code: 'draft-outdated' });
    expect(await current('43')).toEqual(['one']);
    expect(await desk.get(two.id)).toMatchObject({ state: 'failed', reason: 'draft-outdated' });
  });

  it('goes on waiting while what would change is about to begin, and is published after', async () => {
    const desk = openDesk();
    const soon = entry('soon', '13T09:30', { rule: 'FREQ=DAILY' });
    const { id, sha256 } = await held(desk, await wanted('43', [soon]));
    await office.clock.advance(25 * 60_000);
    await expect(desk.approve(id, sha256, MALEE)).rejects.toMatchObject({ code: 'programme-frozen' });
    await office.clock.advance(10 * 60_000);
    await desk.approve(id, sha256, MALEE);
    expect(await current('43')).toEqual(['soon']);
  });

  it('is refused, taken back or written off as an order is', async () => {
    const desk = openDesk();
    const one = await held(desk, await wanted('43', [entry('one', '14T12:00')]));
    await desk.refuse(one.id, 'malee', 'ซ้ำกับของอำเภอ');
    const two = await held(desk, await wanted('43', [entry('two', '14T12:00')]));
    await desk.start();
    await office.clock.advance(HELD_LIFE_MS.other + 60_000);
    desk.stop();
    await expect(desk.approve(two.id, two.sha256, MALEE)).rejects.toMatchObject({ code: 'not-waiting' });
    expect((await desk.list(10)).map(({ state, reason }) => [state, reason])).toEqual([
      ['expired', null],
      ['refused', 'ซ้ำกับของอำเภอ'],
    ]);
    expect(await current('43')).toBeUndefined();
  });

  it('dies with the right of its author to speak there', async () => {
    const desk = openDesk();
    const { id, sha256 } = await held(desk, await wanted('43', [entry('one', '14T12:00')]));
    people = [{ ...SOMCHAI, areas: ['4301'] }, MALEE];
    await expect(desk.approve(id, sha256, MALEE)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await current('43')).toBeUndefined();
  });

  it('that was approved right before the server died is published when it comes back, once', async () => {
    const { id } = await held(openDesk(), await wanted('43', [entry('one', '14T12:00')]));
    const at = office.clock.wall();
    await office.db.held.decide(id, { state: 'approved', by: 'malee', at, reason: null });
    for (let starts = 0; starts < 2; starts++) {
      const desk = openDesk();
      await desk.start();
      desk.stop();
    }
    expect(await office.programmes.current('43')).toMatchObject({ version: 1, by: 'somchai' });
    expect(await openDesk().get(id)).toMatchObject({ state: 'approved' });
  });
});

it('where one person is enough it is published at once, and the audit says so', async () => {
  const desk = openDesk({ alone: ['43'], stepUp: false });
  const want = await wanted('43', [entry('one', '14T12:00', { announcement: sign('ข่าว') })]);
  expect(await desk.submitProgramme(want, { ...SOMCHAI, proved: false })).toHaveProperty(
    'published.version',
    1,
  );
  const lines = await audit.lines(0, 10);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { who: 'somchai', act: 'alone', result: { area: '43', needs: ['wide'] } },
  ]);
});

it('entries set at once, without a plan, wait as well', async () => {
  const desk = openDesk();
  const { id, sha256 } = await held(desk, {
    ...(await wanted('43', [entry('one', '14T12:00')])),
    planned: false,
  });
  await desk.approve(id, sha256, MALEE);
  expect(await current('43')).toEqual(['one']);
});
