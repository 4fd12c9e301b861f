import { STORE_LIMITS } from '../../../device/drivers/store/sqlite-store.ts';
import { storeSuite } from '../../contract/ports/store-suite.ts';
import { HallFolders, openHall } from './hall-folder.ts';

storeSuite('SQLite', async () => {
  const halls = new HallFolders();
  const folder = await halls.make();
  const open = (reportBytes?: number) =>
    openHall(folder, reportBytes === undefined ? undefined : { reportBytes, bytes: STORE_LIMITS.bytes });
  return { open, end: () => halls.remove() };
});
