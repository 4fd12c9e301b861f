import { DeviceMail } from '../fleet/device-mail.ts';
import type { HallQuestions } from '../fleet/hall-questions.ts';
import { HealthLog } from '../fleet/health-log.ts';
import type { LastSeen } from '../fleet/last-seen.ts';
import type { ReportLedger } from '../fleet/report-ledger.ts';
import { MailRoom } from '../mail-room.ts';
import type { RequestHandler } from '../ports.ts';
import type { documentRooms } from './documents.ts';
import type { Entrance } from './entrance.ts';
import type { fleetRooms } from './fleet.ts';
import type { Ground } from './ground.ts';
import type { Sending } from './sending.ts';

interface Needs {
  sending: Sending;
  documents: ReturnType<typeof documentRooms>;
  halls: Pick<ReturnType<typeof fleetRooms>, 'rollUp' | 'journal'>;
  ledger: ReportLedger;
  lastSeen: LastSeen;
  questions: HallQuestions;
  requests: RequestHandler;
}

/** Where all that the broker brings is taken in and handed on: the words of halls, the requests of people. */
export function openMail(
  { config, db, signer, clock, log }: Ground,
  { broker }: Pick<Entrance, 'broker'>,
  { sending, documents, halls, ledger, lastSeen, questions, requests }: Needs,
) {
  const { live, mandate, dispatch } = sending;
  const { programmes, keys, releases } = documents;
  const { rollUp, journal } = halls;
  const health = new HealthLog({ db, clock });
  const mail = new DeviceMail({
    ...{ db, signer, broker, clock, log, ledger, health, lastSeen, questions },
    onOnline: (devices) => dispatch.devicesOnline(devices),
    onStanding: async (devices) => {
      await journal.note(devices);
      rollUp.note(devices);
      for (const { id } of devices) live.halls.note(id);
    },
  });
  const onUp = async () => {
    // Of several servers, the others hear the presence that the broker kept.
    if (config.servers === undefined || (await mandate.holds())) await db.devices.allOffline();
    await rollUp.load();
    live.halls.noteAll();
    await keys.publish();
    await programmes.publishAll();
    await releases.publishAll();
    dispatch.brokerUp();
  };
  return { health, mailRoom: new MailRoom({ broker, mail, requests, onUp, clock, log }) };
}
