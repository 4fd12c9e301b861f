import { beforeEach, describe, expect, it } from 'vitest';
import { PROOF_LIMITS, Proofs } from '../../../../server/approvals/proofs.ts';
import { settled } from '../hand-clock.ts';
import { addHall, announceTo, asked, type Hall, type Office, openOffice, seededRandom } from '../office.ts';

const HOUR_MS = 3_600_000;

let office: Office;
let hall: Hall;
beforeEach(async () => {
  office = await openOffice();
  hall = await addHall(office.db, 'hall-mae', '43010101');
  office.dispatcher.start();
  await settled();
});

const first = () =>
  office.broker.sent.filter(({ topic }) => topic === 'prakat/v1/43/area/43010101/order').length;

describe.each([
  ['forward by an hour', HOUR_MS],
  ['back by an hour', -HOUR_MS],
  ['back to 1970', -Date.parse('2026-11-13')],
])('a clock of the server that steps %s (F46)', (_how, ms) => {
  it('makes no second order of one, and sends nothing again that was answered', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
    const outputs = ['panel' as const];
    const report = { type: 'accepted' as const, play: order.id, kind: 'announce' as const, outputs };
    await office.db.transaction((tables) =>
      office.dispatcher.heard(tables, [{ device: hall.id, event: report }]),
    );
    expect(first()).toBe(1);
    office.broker.topics();
    office.clock.step(ms);
    await office.clock.advance(60_000);
    office.clock.step(-ms);
    await office.clock.advance(60_000);
    expect(office.broker.topics()).toEqual([]);
    expect((await office.dispatcher.progress(asked(order.id)))?.deliveries).toMatchObject([
      { device: 'hall-mae', state: 'accepted' },
    ]);
  });

  it('neither after a restart of the server: the same order, by the same id', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
    await office.dispatcher.stop();
    office.clock.step(ms);
    const again = office.openDispatcher();
    again.start();
    await settled();
    await office.clock.advance(5_000);
    const ids = office.broker.sent.map(({ payload }) => JSON.parse(payload.toString()).id);
    expect(new Set(ids)).toEqual(new Set([order.id]));
    expect(first()).toBe(1);
    await again.stop();
  });

  it('makes no proof live longer or shorter: it is measured by a clock that never steps', () => {
    const proofs = new Proofs(office.clock, seededRandom());
    const [sha256, late] = ['1'.repeat(64), '2'.repeat(64)];
    const proof = proofs.make('somchai', sha256);
    const old = proofs.make('somchai', late);
    office.clock.step(ms);
    expect(proofs.use(proof, 'somchai', sha256)).toBe(true);
    return office.clock
      .advance(PROOF_LIMITS.life_ms)
      .then(() => expect(proofs.use(old, 'somchai', late)).toBe(false));
  });
});
