import { storeSuite } from '../../contract/ports/store-suite.ts';
import { HallFolders, openHall } from './hall-folder.ts';

storeSuite('SQLite', async () => {
  const halls = new HallFolders();
  const folder = await halls.make();
  return { open: () => openHall(folder), end: () => halls.remove() };
});
