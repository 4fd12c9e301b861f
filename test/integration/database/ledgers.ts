import type { Dispatcher } from '../../../server/dispatch/dispatcher.ts';
import { verifiesQuickly } from '../../../server/drivers/ed25519.ts';
import { BatchReader } from '../../../server/fleet/batch-reader.ts';
import { ReportLedger } from '../../../server/fleet/report-ledger.ts';
import type { Database } from '../../../server/tables.ts';
import { silent } from '../../unit/server/office.ts';

/** The mail of halls at several servers, each with sessions of its own on the one database. */
export function ledgersOf(servers: readonly Database[], dispatcher: Dispatcher): ReportLedger[] {
  return servers.map(
    (own) =>
      new ReportLedger({
        ...{ db: own, log: silent, reading: new BatchReader(verifiesQuickly) },
        heard: (tables, events) => dispatcher.heard(tables, events),
        copied: (tables, device) => tables.devices.copied(device, 0),
      }),
  );
}
