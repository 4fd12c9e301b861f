import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LIVE, TRAINING } from '../firmware-protocol/mqtt/topic-space.ts';
import packageJson from '../package.json' with { type: 'json' };
import { alertRoom } from './app/alerts.ts';
import { openContent } from './app/content.ts';
import { documentRooms } from './app/documents.ts';
import { openDoors } from './app/doors.ts';
import { fleetRooms } from './app/fleet.ts';
import { liveRooms } from './app/live.ts';
import { provinceRooms } from './app/province.ts';
import { openReading } from './app/reading.ts';
import { openSigner } from './app/signer.ts';
import { signRoom } from './app/signs.ts';
import { ApprovalDesk } from './approvals/approval-desk.ts';
import { ApprovalNotices } from './approvals/approval-notices.ts';
import { Proofs } from './approvals/proofs.ts';
import { Places } from './areas/places.ts';
import { RecordedOperators } from './audit/recorded-operators.ts';
import { Carrier } from './carry/carrier.ts';
import type { ServerConfig } from './config.ts';
import { Dispatcher } from './dispatch/dispatcher.ts';
import { openBroker } from './drivers/broker/broker.ts';
import { openDatabaseOf } from './drivers/database/database.ts';
import { openMandate } from './drivers/database/mandate.ts';
import { HttpApp } from './drivers/http/app.ts';
import { consoleFolder } from './drivers/http/console-files.ts';
import { orderIds } from './drivers/order-ids.ts';
import { jsonLog } from './drivers/pino.ts';
import { processFigures } from './drivers/process-figures.ts';
import { secretFolder } from './drivers/secret-folder.ts';
import { systemClock, systemRandom } from './drivers/system-clock.ts';
import { thaiPlaces } from './drivers/thai-places.ts';
import { DeviceMail } from './fleet/device-mail.ts';
import { EnrolmentDesk } from './fleet/enrolment-desk.ts';
import { HealthLog } from './fleet/health-log.ts';
import { LastSeen } from './fleet/last-seen.ts';
import { ReportLedger } from './fleet/report-ledger.ts';
import { MailRoom } from './mail-room.ts';
import { serverMetrics } from './metrics/server-metrics.ts';
import { Accounts } from './operators/accounts.ts';
import { firstAdministrator } from './operators/first-administrator.ts';
import type { Log } from './ports.ts';
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

async function start(
  { config, log = jsonLog(config.log) }: ServeOptions,
  opened: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<RunningServer> {
  await mkdir(config.data, { recursive: true, mode: 0o750 });
  const clock = systemClock();
  const random = systemRandom();
  const db = await openDatabaseOf(config);
  opened.push(() => db.close());
  const secrets = secretFolder(join(config.data, 'secrets'));
  const { signer, set } = await openSigner(config, { db, secrets, clock, random, log });
  opened.push(() => signer.close());

  const space = config.training ? TRAINING : LIVE;
  if (config.training) log.warn({}, 'a training server: no live hall hears it');

  const url = () => httpUrl();
  const { audit, logOns, attempts, hash, door, sessions, passkeys } = openDoors({
    db,
    clock,
    random,
    log,
    url,
  });
  const broker = await openBroker(config, { db, door, secrets, clock, random, space, log });
  const onCredentials = (user: string) => broker.credentialsChanged(user);
  const accounts = new Accounts({ db, hash, clock, random, attempts, onCredentials });
  const operators = new RecordedOperators({ operators: accounts, audit, logOns, who: 'server' });

  const httpPort = { now: config.http.port };
  const brokerUrl = () => config.public.broker ?? broker.url();
  const httpUrl = () => config.public.http ?? `http://${config.http.host}:${httpPort.now}`;
  const addresses = () => ({ broker: brokerUrl(), media: `${httpUrl()}/media` });
  const places = new Places(thaiPlaces());
  const { fleet, rollUp, finder, journal } = fleetRooms({ db, places, clock });
  const onEnrolled = async (device: string) => {
    await onCredentials(device);
    rollUp.note([...(await db.devices.many([device])).values()]);
  };
  const enrolment = new EnrolmentDesk({
    ...{ db, clock, random, attempts, keys: () => keys.current(), addresses },
    onCredentials: onEnrolled,
  });
  const newOrderId = orderIds(clock, random);
  const shared = (config.servers?.of.length ?? 1) > 1;
  const live = liveRooms(
    { db, broker, shared, operators, fleet, dispatch: () => dispatch, clock, log },
    opened,
  );
  const mandate = openMandate(config, { clock, log });
  opened.push(() => mandate.stop());
  const changed = (order: string) => live.orders.note(order);
  const dispatch = new Dispatcher({ db, signer, broker, clock, random, newOrderId, mandate, changed, log });
  opened.push(() => dispatch.stop());
  const { programmes, keys, releases } = documentRooms(
    { db, signer, broker, clock, log, set, data: config.data },
    opened,
  );
  const lastSeen = new LastSeen({ db, clock, log });
  opened.push(() => lastSeen.close());

  const province = provinceRooms(db, places, programmes, clock);
  const { library, pictures, desk, speech, previews } = await openContent(
    config,
    { db, operators, shelf: province.plans.shelf, clock, log },
    opened,
  );

  const { questions, screens, signCounts } = signRoom({ db, broker, clock, random });

  const ledger = new ReportLedger({
    db,
    log,
    reading: openReading(log, opened),
    heard: (tables, events) => dispatch.heard(tables, events),
    copied: (tables, device) => tables.devices.copied(device, clock.wall()),
  });
  const { alone, quiet, step_up: stepUp } = config.approvals;
  const policy = { alone, quiet, stepUp };
  const notices = new ApprovalNotices({ db, operators, broker, log });
  const approvals = new ApprovalDesk({
    ...{ db, dispatch, operators, audit, policy, clock, log },
    ...{ plans: province.plans, newId: newOrderId, tell: notices.tell },
  });
  opened.push(async () => approvals.stop());
  const alerts = alertRoom(config.alerts, {
    ...{ db, places, dispatch, audit, clock, log },
    sound: { library, speech, clock, log },
    newId: newOrderId,
    tell: live.alerts.tell,
    mediaUrl: (sha256) => `${httpUrl()}/media/${sha256}`,
  });
  opened.push(() => alerts.stop());
  const requests = new RequestGate({
    db,
    alerts,
    places,
    province,
    fleet,
    rollUp,
    finder,
    dispatch,
    enrolment,
    programmes,
    media: db.media,
    pictures: db.pictures,
    desk,
    speech,
    reports: db.reports,
    health: db.health,
    troubles: db.troubles,
    screens,
    previews,
    signCounts,
    carrier: new Carrier({ db, ledger, clock }),
    audit,
    approvals,
    proofs: new Proofs(clock, random),
    passkeys,
    door,
    // The gate writes down what is asked.
    people: accounts,
    keySet: () => keys.current(),
    clock,
    newOrderId,
    operators,
    log,
  }).handle;
  const onOnline = (devices: readonly string[]) => dispatch.devicesOnline(devices);
  const health = new HealthLog({ db, clock });
  const mail = new DeviceMail({
    db,
    signer,
    broker,
    clock,
    log,
    ledger,
    health,
    lastSeen,
    questions,
    onOnline,
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
  const mailRoom = new MailRoom({ broker, mail, requests, onUp, clock, log });

  opened.push(() => broker.stop());
  await mandate.start(() => dispatch.inCharge());
  await broker.start(mailRoom);
  opened.push(() => mailRoom.close());
  opened.push(async () => questions.close());
  dispatch.start();
  await approvals.start();
  programmes.start();
  keys.start();
  releases.start();
  desk.start();
  alerts.start();

  const figures = processFigures();
  opened.push(async () => figures.stop());
  const measured = { db, ledger, health, mailRoom, mandate, process: figures.read };
  const web = new HttpApp({
    listen: { ...config.http, console: config.http.console ?? consoleFolder() },
    door,
    sessions,
    pages: broker,
    facts: {
      ...{ training: config.training, step_up: stepUp, version: packageJson.version },
      voice: config.speech.length > 0,
    },
    operators,
    enrolment,
    requests,
    library,
    pictures,
    fleet,
    dispatch,
    receiveAlerts: alerts.receive,
    metrics: () => serverMetrics(measured),
    clock,
    log,
  });
  opened.push(() => web.stop());
  httpPort.now = await web.start();

  const firstLogin = await firstAdministrator(db, operators);
  log.info({ broker: brokerUrl(), http: httpUrl(), data: config.data }, 'the server is up');
  const services = {
    db,
    clock,
    random,
    log,
    signer,
    keys: () => keys.current(),
    broker,
    door,
    operators,
    enrolment,
    fleet,
    dispatch,
  };
  return { brokerUrl: brokerUrl(), httpUrl: httpUrl(), firstLogin, services, stop };
}
