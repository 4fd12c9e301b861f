import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import { ReleaseFolder } from '../drivers/release-folder.ts';
import { KeyOffice } from '../keys/key-office.ts';
import type { Broker, Clock, Log } from '../ports.ts';
import { planExpander } from '../programme/expand-plan.ts';
import { ProgrammeOffice } from '../programme/programme-office.ts';
import { ReleaseOffice } from '../releases/release-office.ts';
import type { KeyedSigner } from '../signer/signer-port.ts';
import type { Database } from '../tables.ts';

interface Needs {
  db: Database;
  signer: KeyedSigner;
  broker: Broker;
  clock: Clock;
  log: Log;
  /** The key set as the server found it. */
  set: KeySet;
  /** Where releases are laid down. */
  data: string;
}

/** What brokers keep for halls: programmes, keys, releases. What is to be closed is put on `opened`. */
export function documentRooms(
  { db, signer, broker, clock, log, set, data }: Needs,
  opened: (() => Promise<void>)[],
) {
  const expand = planExpander(db.calendars);
  const programmes = new ProgrammeOffice({
    ...{ programmes: db.programmes, signer, broker, clock, log, expand },
    keys: () => keys.current(),
  });
  opened.push(() => programmes.stop());
  const changed = () => programmes.keysChanged();
  const keys: KeyOffice = new KeyOffice({ keys: db.keys, signer, broker, changed, clock, log }, set);
  opened.push(() => keys.stop());
  const documents = () => new ReleaseFolder(data).all();
  const releases = new ReleaseOffice({ documents, broker, clock, log });
  opened.push(() => releases.stop());
  return { programmes, keys, releases };
}
