import packageJson from '../package.json' with { type: 'json' };
import { openContent } from './app/content.ts';
import { openDeciding } from './app/deciding.ts';
import { documentRooms } from './app/documents.ts';
import { openEntrance } from './app/entrance.ts';
import { fleetRooms } from './app/fleet.ts';
import { openGround } from './app/ground.ts';
import { openMail } from './app/mail.ts';
import { provinceRooms } from './app/province.ts';
import { openReading } from './app/reading.ts';
import { openSending } from './app/sending.ts';
import { signRoom } from './app/signs.ts';
import { Proofs } from './approvals/proofs.ts';
import { Places } from './areas/places.ts';
import { Carrier } from './carry/carrier.ts';
import type { ServerConfig } from './config.ts';
import { HttpApp } from './drivers/http/app.ts';
import { consoleFolder } from './drivers/http/console-files.ts';
import { orderIds } from './drivers/order-ids.ts';
import { jsonLog } from './drivers/pino.ts';
import { processFigures } from './drivers/process-figures.ts';
import { thaiPlaces } from './drivers/thai-places.ts';
import { EnrolmentDesk } from './fleet/enrolment-desk.ts';
import { LastSeen } from './fleet/last-seen.ts';
import { ReportLedger } from './fleet/report-ledger.ts';
import { serverMetrics } from './metrics/server-metrics.ts';
import { firstAdministrator } from './operators/first-administrator.ts';
import type { Log } from './ports.ts';
import { KeptHearings } from './requests/kept-hearings.ts';
import { RequestGate } from './requests/request-gate.ts';
import type { Services } from './services.ts';

export interface RunningServer {
  /** As devices and people reach it. */
  brokerUrl: string;
  httpUrl: string;
  /** There until somebody chose the first password; print it, it is kept nowhere. */
  firstLogin: { user: string; code: string; expiresAt: number } | undefined;
  services: Services;
  stop(): Promise<void>;
}

export interface ServeOptions {
  config: ServerConfig;
  log?: Log;
}

/** Starts a server; several may run in one process. Rejects with ServerError, and then nothing is left running. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const opened: (() => Promise<void>)[] = [];
  const close = () => closeInTurn(opened);
  try {
    return await start(options, opened, close);
  } catch (error) {
    // Why it could not start says more than what then would not close.
    await close().catch(() => {});
    throw error;
  }
}

/** The last opened first. What will not close keeps nothing else open; its reason is thrown at the end. */
async function closeInTurn(opened: (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const each of opened.splice(0).reverse()) await each().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** Every room, each on those before it; then the doors are opened. */
async function start(
  { config, log = jsonLog(config.log) }: ServeOptions,
  opened: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<RunningServer> {
  const ground = await openGround(config, log, opened);
  const { db, clock, random, signer, set } = ground;
  const httpPort = { now: config.http.port };
  const httpUrl = () => config.public.http ?? `http://${config.http.host}:${httpPort.now}`;
  const entrance = await openEntrance(ground, httpUrl);
  const { broker, door, operators, attempts, audit, onCredentials } = entrance;
  const brokerUrl = () => config.public.broker ?? broker.url();

  const places = new Places(thaiPlaces());
  const halls = fleetRooms({ db, places, clock });
  const { fleet, rollUp, finder } = halls;
  const enrolment = new EnrolmentDesk({
    ...{ db, clock, random, attempts, keys: () => keys.current() },
    addresses: () => ({ broker: brokerUrl(), media: `${httpUrl()}/media` }),
    onCredentials: async (device) => {
      await onCredentials(device);
      rollUp.note([...(await db.devices.many([device])).values()]);
    },
  });

  const newOrderId = orderIds(clock, random);
  const sending = openSending(ground, entrance, { fleet, newOrderId }, opened);
  const { dispatch, mandate } = sending;
  const documents = documentRooms({ db, signer, broker, clock, log, set, data: config.data }, opened);
  const { programmes, keys, releases } = documents;
  const lastSeen = new LastSeen({ db, clock, log });
  opened.push(() => lastSeen.close());
  const province = provinceRooms(db, places, programmes, clock);
  const { shelf } = province.plans;
  const content = await openContent(config, { db, operators, shelf, clock, log }, opened);
  const { library, pictures, desk, speech, previews } = content;
  const { questions, screens, signCounts } = signRoom({ db, broker, clock, random });
  const ledger = new ReportLedger({
    ...{ db, log, reading: openReading(log, opened) },
    heard: (tables, events) => dispatch.heard(tables, events),
    copied: (tables, device) => tables.devices.copied(device, clock.wall()),
  });
  const { approvals, alerts } = openDeciding(
    ground,
    entrance,
    sending,
    { places, plans: province.plans, content: { library, speech }, newOrderId, httpUrl },
    opened,
  );

  const requests = new RequestGate({
    ...{ db, clock, log, newOrderId, keySet: () => keys.current() },
    // The gate writes down what is asked.
    ...{ operators, people: entrance.accounts, audit, door, passkeys: entrance.passkeys },
    ...{ proofs: new Proofs(clock, random), approvals, alerts, dispatch, programmes, province, places },
    ...{
      hearings: new KeptHearings({ clock }),
      fleet,
      rollUp,
      finder,
      enrolment,
      reports: db.reports,
      health: db.health,
      troubles: db.troubles,
    },
    ...{ media: db.media, pictures: db.pictures, desk, speech, screens, previews, signCounts },
    carrier: new Carrier({ db, ledger, clock }),
  }).handle;
  const { health, mailRoom } = openMail(ground, entrance, {
    ...{ sending, documents, halls, ledger, lastSeen, questions, requests },
  });

  opened.push(() => broker.stop());
  await mandate.start(() => dispatch.inCharge());
  await broker.start(mailRoom);
  opened.push(() => mailRoom.close());
  opened.push(async () => questions.close());
  dispatch.start();
  await approvals.start();
  for (const room of [programmes, keys, releases, desk, alerts]) room.start();

  const figures = processFigures();
  opened.push(async () => figures.stop());
  const measured = { db, ledger, health, mailRoom, mandate, process: figures.read };
  const web = new HttpApp({
    listen: { ...config.http, console: config.http.console ?? consoleFolder() },
    ...{ door, sessions: entrance.sessions, pages: broker, operators, enrolment, requests },
    facts: {
      ...{ training: config.training, version: packageJson.version },
      ...{ step_up: config.approvals.step_up, voice: config.speech.length > 0 },
    },
    ...{ library, pictures, fleet, dispatch, receiveAlerts: alerts.receive },
    metrics: () => serverMetrics(measured),
    ...{ clock, log },
  });
  opened.push(() => web.stop());
  httpPort.now = await web.start();

  const firstLogin = await firstAdministrator(db, operators);
  log.info({ broker: brokerUrl(), http: httpUrl(), data: config.data }, 'the server is up');
  const services = {
    ...{ db, clock, random, log, signer, keys: () => keys.current(), broker },
    ...{ door, operators, enrolment, fleet, dispatch },
  };
  return { brokerUrl: brokerUrl(), httpUrl: httpUrl(), firstLogin, services, stop };
}
