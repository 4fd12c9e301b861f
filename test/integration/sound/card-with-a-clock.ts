import { chmod, readFile, writeFile } from 'node:fs/promises';
import { samplesOf } from './speech.ts';

/** What a card did: when its frame 0 sounded (epoch ms), its frames a ms, and the most that it and its pipe ever held, ms. */
export interface CardLog {
  beganAt: number;
  framesPerMs: number;
  deepestMs: number;
  underruns: number;
}

export interface Card {
  /** To stand in the place of aplay. */
  aplay: string;
  log: () => Promise<CardLog>;
  samples: () => Promise<Int16Array>;
}

/**
 * A program in the place of aplay that is a card of its own clock: it holds 60 ms, starts with 20 ms, takes a period only
 * when there is room for it, and says so as aplay does. ALSA's own plugins without hardware do none of that.
 */
export async function cardWithAClock(
  path: string,
  { speed, slowToBegin }: { speed: number; slowToBegin: number },
): Promise<Card> {
  await writeFile(
    `${path}.mjs`,
    PROGRAM.replace('SPEED', String(speed)).replace('SLOW_MS', String(slowToBegin)).replaceAll('PATH', path),
  );
  await writeFile(path, `#!/bin/sh\nexec '${process.execPath}' '${path}.mjs'\n`);
  await chmod(path, 0o755);
  return {
    aplay: path,
    log: async () => JSON.parse(await readFile(`${path}.json`, 'utf8')) as CardLog,
    samples: async () => samplesOf(await readFile(`${path}.raw`)),
  };
}

const PROGRAM = `
import { writeFileSync } from 'node:fs';
const rate = 48 * SPEED;
const [period, buffer, startsAt] = [480, 2880, 960];
const now = () => performance.timeOrigin + performance.now();
const say = (words) => process.stderr.write(words);
let [received, taken, dryAt, underruns, deepestMs] = [0, 0, 0, 0, 0];
let beganAt, firstAt, runAt, timer, ended = false;
let waiting = Buffer.alloc(0);
const sounded = [];
const played = () => (runAt === undefined ? dryAt : Math.min(taken, dryAt + (now() - runAt) * rate));
say('Playing raw data\\nperiod_size  : 480\\nbuffer_size  : 2880\\nstart_threshold  : 960\\n');
function work() {
  clearTimeout(timer);
  if (runAt !== undefined && !ended && played() >= taken) {
    say('underrun!!! (at least 1.0 ms long)\\n');
    underruns += 1;
    dryAt = taken;
    runAt = undefined;
  }
  while (waiting.length >= period * 2 && buffer - (taken - played()) >= period && now() >= firstAt) {
    sounded.push(waiting.subarray(0, period * 2));
    waiting = waiting.subarray(period * 2);
    taken += period;
    if (runAt === undefined && taken - dryAt >= startsAt) {
      runAt = now();
      beganAt ??= runAt - dryAt / rate;
    }
    say('\\r# | 01%');
  }
  deepestMs = Math.max(deepestMs, (received / 2 - played()) / rate);
  if (ended && waiting.length < period * 2 && played() >= taken) finish();
  timer = setTimeout(work, 1);
}
function finish() {
  writeFileSync('PATH.raw', Buffer.concat(sounded));
  writeFileSync('PATH.json', JSON.stringify({ beganAt, framesPerMs: rate, deepestMs, underruns }));
  process.exit(0);
}
process.stdin.on('data', (bytes) => {
  firstAt ??= now() + SLOW_MS;
  received += bytes.length;
  waiting = Buffer.concat([waiting, bytes]);
  work();
});
process.stdin.on('end', () => {
  ended = true;
  waiting = Buffer.concat([waiting, Buffer.alloc((period * 2 - (waiting.length % (period * 2))) % (period * 2))]);
  work();
});
`;
