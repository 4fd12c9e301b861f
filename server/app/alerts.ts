import { AlertDesk, type DeskNeeds } from '../alerts/alert-desk.ts';
import type { AlertRoom } from '../alerts/alert-room.ts';
import { AlertSources } from '../alerts/alert-sources.ts';
import { capReply } from '../alerts/cap-reply.ts';
import type { Places } from '../areas/places.ts';
import { VillageRegister } from '../areas/village-register.ts';
import type { ServerConfig } from '../config.ts';
import { alertFeed } from '../drivers/alerts/alert-feed.ts';
import { alertFolder } from '../drivers/alerts/alert-folder.ts';
import { readXml } from '../drivers/alerts/libxml.ts';
import type { Database } from '../tables.ts';

type Needs = Omit<DeskNeeds, 'config' | 'readXml' | 'alerts' | 'villages'> & {
  db: Database;
  places: Places;
  mediaUrl: (sha256: string) => string;
};

/** The desk for alerts with all the ways to it. */
export function alertRoom(
  config: ServerConfig['alerts'],
  { mediaUrl, db, places, ...needs }: Needs,
): AlertRoom {
  const villages = new VillageRegister({ db, places, clock: needs.clock });
  const desk = new AlertDesk({ ...needs, config, readXml, villages, alerts: db.alerts });
  const receive: AlertRoom['receive'] = async (bytes, via) => {
    const received = await desk.receive(bytes, via);
    return received.map(({ record, isDuplicate }) => {
      const replier = { sender: config.sender, id: needs.newId(), now: needs.clock.wall() };
      return { record, isDuplicate, reply: capReply(record, replier) };
    });
  };
  const sources = new AlertSources({
    sources: [
      ...config.feeds.map(alertFeed),
      ...(config.folder === undefined ? [] : [alertFolder(config.folder)]),
    ],
    receive: async (bytes, via) => (await receive(bytes, via)).flatMap(({ reply }) => reply ?? []),
    clock: needs.clock,
    log: needs.log,
  });
  return {
    desk,
    receive,
    sender: config.sender,
    mediaUrl,
    start: () => {
      desk.start();
      sources.start();
    },
    stop: async () => {
      await sources.stop();
      await desk.stop();
    },
  };
}
