import { setTimeout as wait } from 'node:timers/promises';
import type { InputLevel } from '../../../../firmware-protocol/mqtt/messages.ts';
import { type Finding, found, plain } from '../finding.ts';
import { notConfigured } from '../test-verdict.ts';
import type { Tester } from '../tester.ts';
import type { Visit } from '../visit.ts';

/** A person speaks, or has the net call the hall, for so long. */
export const INPUT_TIMES = { listenMs: 10_000, lookMs: 250 };
/** What is quieter than this is no voice, dBFS. */
const VOICE_CDBFS = -4_500;
/** The bar reaches from there to full scale. */
const FLOOR_CDBFS = -6_000;

/** The levels of receiver and microphone, as a bar that moves while somebody speaks. */
export async function* walkInputs(
  visit: Visit,
  tester: Tester,
  times = INPUT_TIMES,
): AsyncGenerator<Finding> {
  const first = await tester.inputs().catch(() => []);
  if (first.length === 0) {
    yield notConfigured('inputs');
    return;
  }
  for (const { name, there } of first) {
    if (!there) yield missing(name);
    else yield await listenTo(name, visit, tester, times);
  }
}

function missing(name: string): Finding {
  return found('inputs', 'fail', {
    figure: plain(name),
    cause: { en: 'its sound card cannot be opened', th: 'เปิดการ์ดเสียงของช่องนี้ไม่ได้' },
    remedy: { en: 'plug it in; "arecord -l" must list it', th: 'เสียบให้แน่น คำสั่ง arecord -l ต้องเห็น' },
  });
}

async function listenTo(
  name: string,
  { person, interrupted }: Visit,
  tester: Tester,
  { listenMs, lookMs }: typeof INPUT_TIMES,
): Promise<Finding> {
  let highest = Number.NEGATIVE_INFINITY;
  const isWanted =
    person !== undefined &&
    (await person.confirm({
      en: `Listen to ${name} for ten seconds? Speak, or have the net call this hall; what opens an input is heard in the village.`,
      th: `ฟัง ${name} สิบวินาทีหรือไม่ ให้พูด หรือให้ข่ายเรียกหอนี้ เสียงที่เข้ามาอาจออกลำโพงทั้งหมู่บ้าน`,
    })) === true;
  const looks = isWanted ? listenMs / lookMs : 1;
  for (let look = 0; look < looks && !interrupted.aborted; look++) {
    const level = levelOf(await tester.inputs().catch(() => []), name);
    highest = Math.max(highest, level);
    person?.bar(
      plain(`${name} ${Number.isFinite(level) ? (level / 100).toFixed(0) : '-'} dBFS`),
      shareOf(level),
    );
    if (look + 1 < looks) await wait(lookMs, undefined, { signal: interrupted }).catch(() => {});
  }
  const figure = plain(`${name}: ${Number.isFinite(highest) ? `${(highest / 100).toFixed(1)} dBFS` : '-'}`);
  if (highest >= VOICE_CDBFS) return found('inputs', 'ok', { figure });
  if (!isWanted) return found('inputs', 'not-known', { figure });
  return found('inputs', 'fail', {
    figure,
    cause: { en: 'nothing was heard', th: 'ไม่ได้ยินเสียงใด' },
    remedy: {
      en: 'check its plug and its own volume; then the capture level: alsamixer -V capture',
      th: 'ตรวจปลั๊กและระดับเสียงของเครื่องนั้น แล้วตรวจระดับรับ: alsamixer -V capture',
    },
  });
}

function levelOf(levels: InputLevel[], name: string): number {
  return levels.find((each) => each.name === name)?.peak_cdbfs ?? Number.NEGATIVE_INFINITY;
}

function shareOf(cdbfs: number): number {
  return Math.max(0, (cdbfs - FLOOR_CDBFS) / -FLOOR_CDBFS);
}
