import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { METRICS } from '../../../../server/metrics/metric-table.ts';
import { serverMetrics } from '../../../../server/metrics/server-metrics.ts';
import { addHall, announceTo, batchOf, chain, type Office, openOffice } from '../office.ts';

const dashboard: { panels: { title: string; targets: { expr: string }[] }[] } = JSON.parse(
  readFileSync('docs/grafana/prakat.json', 'utf8'),
);
const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
const NAME = /\b(?:prakat|process|nodejs)_[a-z0-9_]+/g;

describe('the dashboard', () => {
  it('asks for what is told, and all that is told is on it', () => {
    const asked = new Set(expressions.flatMap((expr) => expr.match(NAME) ?? []));
    expect([...asked].sort()).toEqual(Object.keys(METRICS).sort());
  });

  it('groups by labels that the figures have', () => {
    for (const expr of expressions)
      for (const [, labels = ''] of expr.matchAll(/by \(([^)]*)\)/g))
        for (const name of expr.match(NAME) ?? []) {
          const own: readonly string[] = METRICS[name as keyof typeof METRICS].labels;
          expect(own, `${name} in ${expr}`).toEqual(expect.arrayContaining(labels.split(/, */)));
        }
  });

  it('takes the rate of counters, and of nothing else', () => {
    for (const expr of expressions)
      for (const [name] of expr.matchAll(NAME)) {
        const isCounter = METRICS[name as keyof typeof METRICS].type === 'counter';
        expect(expr.includes(`rate(${name}[`), expr).toBe(isCounter);
      }
  });
});

describe('the figures', () => {
  let office: Office;
  const measured = (db: Office['db']) =>
    serverMetrics({
      db,
      ledger: office.ledger,
      health: { stored: () => ({ items: 7, groups: 2 }) },
      mailRoom: { held: () => [{ name: 'devices', items: 3, bytes: 99, dropped: 1 }] },
      mandate: { holds: async () => true },
      process: () => ({
        cpuSeconds: 1.5,
        residentBytes: 1e8,
        startedAtSeconds: 1_794_562_200,
        loopLagSeconds: 0.021,
      }),
    });
  beforeEach(async () => {
    office = await openOffice();
  });

  it('are those of the database and the rooms, in the form that Prometheus reads', async () => {
    const hall = await addHall(office.db, 'hall-mae', '43010101');
    await addHall(office.db, 'hall-pong', '43010102', false);
    await office.dispatcher.send(announceTo(office.clock, ['4301']));
    await office.ledger.take(
      hall.record,
      batchOf(hall, chain([{ type: 'booted', version: '1', clean: true }])),
    );
    const text = await measured(office.db);
    expect(text).toContain('prakat_halls{presence="online"} 1\nprakat_halls{presence="offline"} 1\n');
    expect(text).toContain(
      'prakat_deliveries_open{state="waiting"} 1\nprakat_deliveries_open{state="sent"} 1\n',
    );
    expect(text).toContain('prakat_stored_total{what="report batches"} 1\n');
    expect(text).toContain('prakat_mail_dropped_total{inbox="devices"} 1\n');
    for (const name of Object.keys(METRICS))
      expect(text).toMatch(new RegExp(`^# TYPE ${name} (gauge|counter)\\n${name}`, 'm'));
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(
        /^(# (HELP|TYPE) [a-z0-9_]+ .+|[a-z0-9_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [\d.e+-]+)$/,
      );
  });
});
