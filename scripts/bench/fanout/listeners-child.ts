import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { openMqtt } from '../../operator/mqtt-connection.ts';

/**
 * Some thousand halls at a broker, which only listen: `listeners-child URL PASSWORD TOPIC FIRST COUNT`. Prints `up` when all are
 * subscribed; for each line on stdin, a text, waits until every hall has had a message with it, and prints when the last one had
 * (epoch ms, with fractions).
 */
const [url = '', password = '', topic = '', first = '0', count = '0'] = process.argv.slice(2);
/** A broker takes its time over each log-on; all at once would time out. */
const AT_ONCE = 50;
const RETRY_MS = 100;

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

async function listen(at: number): Promise<void> {
  const name = `fan-${at}`;
  for (;;) {
    try {
      const client = await openMqtt(url, {
        clientId: name,
        username: name,
        password,
        keepalive: 600,
        writeCache: false,
      });
      client.on('message', (_topic, payload) => heard(payload));
      await client.subscribeAsync(topic, { qos: 1 });
      return;
    } catch {
      await wait(RETRY_MS);
    }
  }
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
