import type { ReportEvent } from '../../../firmware-protocol/content/report.ts';
import { dropDocument } from './documents.ts';
import { raiseDatabase, type StoreFiles } from './files.ts';
import { forgetOne } from './reports.ts';
import type { DocumentRow, ReportRow } from './schema.ts';

/** Documents that are not what was accepted: kept as evidence, told, and gone. A key set comes back from the pins. */
export async function dropDamagedDocuments(files: StoreFiles, damaged: DocumentRow[]): Promise<void> {
  const { database, pins, quarantine, tell } = files;
  const events: ReportEvent[] = [];
  for (const { name, raw } of damaged) events.push(await quarantine.keepText(name, raw));
  await database.transaction(async () => {
    for (const { name } of damaged) await dropDocument(database, name);
    await raiseDatabase(database, pins);
    await tell(events);
  });
}

/** Reports that no longer have their hash: kept as evidence, and told as lost. */
export async function dropDamagedReports(files: StoreFiles, damaged: ReportRow[]): Promise<void> {
  const { database, quarantine, tell } = files;
  const events: ReportEvent[] = [];
  for (const { n, body } of damaged)
    events.push(await quarantine.keepText(`report/${n}`, body), { type: 'dropped', first: n, last: n });
  await database.transaction(async () => {
    for (const { n } of damaged) await forgetOne(database, n);
    await tell(events);
  });
}
