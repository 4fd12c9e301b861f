import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Identity } from '../../../../device/identity.ts';
import { subscriptionsOf } from '../../../../device/link/subscriptions.ts';
import { zoneOf } from '../../../../firmware-protocol/content/area.ts';
import { topicOf } from '../../../../firmware-protocol/mqtt/topics.ts';
import { causesOf } from '../../../cli/causes.ts';
import { Failed } from '../../../cli.ts';
import { BrokerTalk } from '../broker-talk.ts';
import { type Finding, found, plain, skippedFor } from '../finding.ts';
import { noServer, trip } from '../round-trip-verdict.ts';
import { noMqtt, refusedLogon } from '../session-faults.ts';
import type { Visit } from '../visit.ts';

const THROUGH_AGENT = { en: 'the agent is logged on', th: 'โปรแกรมเข้าสู่ระบบอยู่แล้ว' };

/**
 * Log-on, subscriptions, and an answer of the server. While the agent is on the line it is asked: a second log-on under its
 * name would throw it off. Closes the socket.
 */
export async function* lookAtSession(
  visit: Visit,
  identity: Identity,
  socket: Socket,
): AsyncGenerator<Finding> {
  if (await isConnected(visit)) {
    socket.destroy();
    yield* throughAgent(visit);
    return;
  }
  const findings = await lookOurselves(visit, identity, socket);
  // An agent that tries again just now takes its name back, and our conversation ends: that is no fault, but its end.
  const isFault = findings.some(({ result }) => result === 'fail');
  if (isFault && (await isConnected(visit))) yield* throughAgent(visit);
  else yield* findings;
}

async function isConnected({ agent, running }: Visit): Promise<boolean> {
  if (running === undefined) return false;
  return await agent.ask('link', {}).then(
    ({ connected }) => connected,
    () => false,
  );
}

async function* throughAgent(visit: Visit): AsyncGenerator<Finding> {
  yield found('logon', 'ok', { figure: THROUGH_AGENT });
  yield found('subscribe', 'ok', { figure: THROUGH_AGENT });
  yield await tripOfAgent(visit);
}

async function lookOurselves(visit: Visit, identity: Identity, socket: Socket): Promise<Finding[]> {
  const talk = new BrokerTalk(socket, visit.answerMs);
  try {
    const logon = await logOn(talk, identity);
    if (logon.result === 'fail')
      return [logon, skippedFor('subscribe', 'logon'), skippedFor('round-trip', 'logon')];
    const subscribed = await subscribe(talk, identity);
    if (subscribed.result === 'fail') return [logon, subscribed, skippedFor('round-trip', 'subscribe')];
    return [logon, subscribed, await ownTrip(talk, identity)];
  } finally {
    talk.close();
  }
}

async function logOn(talk: BrokerTalk, { device, password }: Identity): Promise<Finding> {
  try {
    const code = await talk.logOn({ device, password });
    if (code === 0) return found('logon', 'ok', { figure: plain(device) });
    if (code === undefined) return noMqtt();
    return refusedLogon(code, device);
  } catch (error) {
    return found('logon', 'fail', {
      figure: plain(causesOf(error)),
      cause: {
        en: 'the connection opens and then nothing comes: a network that answers for others, or a broker that is stuck',
        th: 'ต่อได้แต่ไม่มีคำตอบ: เครือข่ายตอบแทนผู้อื่น หรือโบรกเกอร์ค้าง',
      },
      remedy: {
        en: 'open a web page with a phone in the same network: does it ask for a log-on? else tell the province',
        th: 'เปิดเว็บด้วยโทรศัพท์ในเครือข่ายเดียวกัน มีหน้าให้ลงชื่อหรือไม่ ถ้าไม่มีให้แจ้งจังหวัด',
      },
    });
  }
}

async function subscribe(talk: BrokerTalk, { device, village }: Identity): Promise<Finding> {
  const filters = subscriptionsOf(device, village);
  try {
    const refused = await talk.subscribe(filters);
    if (refused.length === 0)
      return found('subscribe', 'ok', {
        figure: { en: `${filters.length} filters`, th: `${filters.length} หัวข้อ` },
      });
    return found('subscribe', 'fail', {
      figure: plain(refused.slice(0, 3).join(' ')),
      cause: {
        en: 'the broker does not let this hall listen to its own topics: its rules are wrong, or the village of the hall was changed',
        th: 'โบรกเกอร์ไม่ให้หอนี้ฟังหัวข้อของตนเอง: กฎผิด หรือรหัสหมู่บ้านเปลี่ยน',
      },
      remedy: {
        en: 'tell the province these topics; nothing can be done at the hall',
        th: 'แจ้งหัวข้อเหล่านี้ให้จังหวัด ที่หอแก้ไม่ได้',
      },
    });
  } catch (error) {
    return found('subscribe', 'fail', {
      figure: plain(causesOf(error)),
      cause: {
        en: 'the broker ended the conversation: it does not allow this, or another box has the same name',
        th: 'โบรกเกอร์ตัดการสนทนา: ไม่อนุญาต หรือมีกล่องอื่นใช้ชื่อเดียวกัน',
      },
      remedy: {
        en: 'ask the province whether a second box runs under this name',
        th: 'ถามจังหวัดว่ามีกล่องที่สองใช้ชื่อนี้หรือไม่',
      },
    });
  }
}

async function ownTrip(talk: BrokerTalk, { device, village }: Identity): Promise<Finding> {
  const own = { zone: zoneOf(village), device };
  const nonce = randomBytes(16).toString('base64url');
  const asked = performance.now();
  try {
    talk.publish(topicOf('timeAsk', own), JSON.stringify({ nonce }));
    await talk.message(topicOf('timeAnswer', own), (payload) => payload.includes(nonce));
    return trip(performance.now() - asked);
  } catch {
    return noServer();
  }
}

async function tripOfAgent({ agent }: Visit): Promise<Finding> {
  try {
    const { broker_ms, server_ms } = await agent.ask('round-trip', {});
    return server_ms === undefined ? noServer(broker_ms) : trip(server_ms, broker_ms);
  } catch (error) {
    return found('round-trip', 'fail', {
      figure: error instanceof Failed ? error.words : plain(causesOf(error)),
      cause: { en: 'the line was lost at this moment', th: 'การเชื่อมต่อขาดไปเมื่อสักครู่' },
      remedy: { en: 'check the network, then do this again', th: 'ตรวจเครือข่ายแล้วตรวจซ้ำ' },
    });
  }
}
