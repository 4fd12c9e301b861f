import type { HealthLog } from '../fleet/health-log.ts';
import type { ReportLedger } from '../fleet/report-ledger.ts';
import type { MailRoom } from '../mail-room.ts';
import type { Mandate, ProcessFigures } from '../ports.ts';
import type { Database } from '../tables.ts';
import { exposition } from './exposition.ts';
import type { Reading } from './metric-table.ts';

interface Needs {
  db: Pick<Database, 'devices' | 'deliveries'>;
  ledger: Pick<ReportLedger, 'stored'>;
  health: Pick<HealthLog, 'stored'>;
  mailRoom: Pick<MailRoom, 'held'>;
  mandate: Pick<Mandate, 'holds'>;
  process: ProcessFigures;
}

/** What is to be seen of a running server. Rejects `database-down`: a scrape that fails says it. */
export async function serverMetrics(needs: Needs): Promise<string> {
  const { mailRoom, mandate, process } = needs;
  const { cpuSeconds, residentBytes, startedAtSeconds, loopLagSeconds } = process();
  return exposition([
    ...(await databaseReadings(needs)),
    ...mailRoom.held().flatMap(({ name: inbox, items, bytes, dropped }): Reading[] => [
      { name: 'prakat_mail_held', labels: { inbox }, value: items },
      { name: 'prakat_mail_held_bytes', labels: { inbox }, value: bytes },
      { name: 'prakat_mail_dropped_total', labels: { inbox }, value: dropped },
    ]),
    ...storedReadings('report batches', needs.ledger.stored()),
    ...storedReadings('measurements', needs.health.stored()),
    { name: 'prakat_dispatcher', value: Number(await mandate.holds()) },
    { name: 'process_resident_memory_bytes', value: residentBytes },
    { name: 'process_cpu_seconds_total', value: cpuSeconds },
    { name: 'process_start_time_seconds', value: startedAtSeconds },
    { name: 'nodejs_eventloop_lag_p99_seconds', value: loopLagSeconds },
  ]);
}

function storedReadings(what: string, { items, groups }: { items: number; groups: number }): Reading[] {
  return [
    { name: 'prakat_stored_total', labels: { what }, value: items },
    { name: 'prakat_commits_total', labels: { what }, value: groups },
  ];
}

async function databaseReadings({ db }: Needs): Promise<Reading[]> {
  const [halls, open] = [await db.devices.present(), await db.deliveries.open()];
  return [
    { name: 'prakat_halls', labels: { presence: 'online' }, value: halls.online },
    { name: 'prakat_halls', labels: { presence: 'offline' }, value: halls.offline },
    { name: 'prakat_deliveries_open', labels: { state: 'waiting' }, value: open.waiting },
    { name: 'prakat_deliveries_open', labels: { state: 'sent' }, value: open.sent },
  ];
}
