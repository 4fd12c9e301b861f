import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fullJitter } from '../../../device/link/back-off.ts';
import { LINK_TIMES } from '../../../device/link/link.ts';
import { openMqtt } from '../../operator/mqtt-connection.ts';

/**
 * Some thousand halls at a broker, which only listen: `listeners-child URL PASSWORD TOPIC FIRST COUNT`. Prints `up` when all are
 * subscribed; for each line on stdin, a text, waits until every hall has had a message with it, and prints when the last one had
 * (epoch ms, with fractions). When the broker dies, each comes back as the agent does, and the time is printed when all are.
 */
const [url = '', password = '', topic = '', first = '0', count = '0'] = process.argv.slice(2);
/** A broker takes its time over each log-on; all at once would time out. */
const AT_ONCE = 50;
const RETRY_MS = 100;

let away = 0;
let wanted = '';
let missing = 0;
let lastAt = 0;
let all = () => {};

function heard(payload: Buffer): void {
  if (wanted === '' || !payload.includes(wanted)) return;
  missing -= 1;
  if (missing > 0) return;
  lastAt = performance.timeOrigin + performance.now();
  all();
}

/** One try. */
async function enter(at: number): Promise<boolean> {
  const name = `fan-${at}`;
  try {
    const client = await openMqtt(url, {
      ...{ clientId: name, username: name, password, keepalive: 600, writeCache: false },
    });
    client.on('message', (_topic, payload) => heard(payload));
    await client.subscribeAsync(topic, { qos: 1 });
    client.once('close', () => void comeBack(at));
    return true;
  } catch {
    return false;
  }
}

async function listen(at: number): Promise<void> {
  while (!(await enter(at))) await wait(RETRY_MS);
}

/** As the agent does when its line is gone. */
async function comeBack(at: number): Promise<void> {
  away += 1;
  const random = { fraction: Math.random };
  for (let attempt = 0; ; attempt++) {
    await wait(fullJitter(LINK_TIMES.reconnect, attempt, random));
    if (await enter(at)) break;
  }
  away -= 1;
  if (away === 0) process.stdout.write(`${performance.timeOrigin + performance.now()}\n`);
}

for (let at = 0; at < Number(count); at += AT_ONCE)
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, Number(count) - at) }, (_, more) =>
      listen(Number(first) + at + more),
    ),
  );
process.stdout.write('up\n');

for await (const line of createInterface({ input: process.stdin })) {
  missing = Number(count);
  wanted = line;
  const everybody = new Promise<void>((resolve) => {
    all = resolve;
  });
  process.stdout.write('listening\n');
  await everybody;
  wanted = '';
  process.stdout.write(`${lastAt}\n`);
}
process.exit(0);
