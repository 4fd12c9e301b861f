import { readFile } from 'node:fs/promises';
import type { Tested } from '../../../firmware-protocol/local/verbs.ts';
import type { Words } from '../../cli/words.ts';
import { Failed } from '../../cli.ts';
import { reasonWords } from '../../operator/device-failure.ts';
import { type Finding, found, plain, type StepId, skippedFor } from './finding.ts';
import type { Tester } from './tester.ts';
import type { Visit } from './visit.ts';

const QUIET_PERCENT = 1;
const FULL_PERCENT = 100;

const HEARD_QUIET: Words = {
  en: 'A soft chime was played. Did you hear it (beside the loudspeaker, or with headphones in the box)?',
  th: 'เล่นเสียงเบาแล้ว ได้ยินหรือไม่ (ข้างลำโพง หรือฟังด้วยหูฟังที่กล่อง)',
};
const LISTEN: Words = { en: 'listen: a chime comes now', th: 'ฟังเสียงที่กำลังจะดัง' };
const MAY_BE_LOUD: Words = {
  en: 'Play it once at full level now? The whole village hears it.',
  th: 'เล่นเสียงเต็มระดับหนึ่งครั้งเลยหรือไม่ ทั้งหมู่บ้านจะได้ยิน',
};
const HEARD_FULL: Words = {
  en: 'Was it loud and clean from every loudspeaker of the tower?',
  th: 'เสียงดังชัดจากลำโพงทุกตัวบนหอหรือไม่',
};

/** Sound device, the chime at 1 %, then in full where the person wants it. */
export async function* walkSound(visit: Visit, tester: Tester): AsyncGenerator<Finding> {
  const { person, loud } = visit;
  if (visit.config.tower === undefined) {
    yield notConfigured('sound-card');
    return;
  }
  person?.attention(LISTEN);
  const quiet = await tried(() => tester.tone(QUIET_PERCENT));
  const { player } = visit.config.tower;
  const card = await cardOf(quiet, player.type === 'wav' ? player.folder : player.device);
  yield card;
  if (card.result === 'fail') {
    yield skippedFor('sound-quiet', 'sound-card');
    yield skippedFor('sound-full', 'sound-card');
    return;
  }
  yield await heard('sound-quiet', quiet, person && (() => person.confirm(HEARD_QUIET)));
  const wanted = loud || (await person?.confirm(MAY_BE_LOUD)) === true;
  if (!wanted) {
    yield found('sound-full', 'skipped', { cause: { en: 'not wanted now', th: 'ยังไม่ต้องการ' } });
    return;
  }
  person?.attention(LISTEN);
  const full = await tried(() => tester.tone(FULL_PERCENT));
  yield await heard('sound-full', full, person && (() => person.confirm(HEARD_FULL)));
}

/** Then the amplifier is not switched on at all. */
const NO_SOUND: ReadonlySet<string> = new Set(['no-sound-device', 'player-failed', 'player-hung']);

/** The relay, and the current where it is measured. */
export async function lookAtAmplifier(visit: Visit, tester: Tester): Promise<Finding> {
  if (visit.config.tower === undefined) return notConfigured('amplifier');
  visit.person?.attention({
    en: 'the amplifier is switched on for three seconds: listen for its relay, look at its lamp',
    th: 'กำลังเปิดเครื่องขยายเสียงสามวินาที ฟังเสียงรีเลย์และดูไฟ',
  });
  const tested = await tried(() => tester.amplifier());
  if (NO_SOUND.has(tested.reason ?? '')) return skippedFor('amplifier', 'sound-card');
  if (tested.tower === undefined || tested.outcome !== 'finished') return notDone('amplifier', tested);
  const { amplifier } = tested.tower;
  if (amplifier === 'failed') return notDone('amplifier', { ...tested, reason: 'amplifier-failed' });
  const clicked = await visit.person?.confirm({
    en: 'The amplifier was switched on for three seconds. Did its relay click or its lamp light?',
    th: 'เปิดเครื่องขยายเสียงสามวินาทีแล้ว ได้ยินรีเลย์หรือเห็นไฟติดหรือไม่',
  });
  if (clicked === false)
    return found('amplifier', 'fail', {
      cause: {
        en: 'the command goes out, and the amplifier does not follow',
        th: 'คำสั่งออกไปแล้วแต่เครื่องขยายเสียงไม่ทำงาน',
      },
      remedy: {
        en: 'check its mains and fuse, then the wires of the relay',
        th: 'ตรวจไฟและฟิวส์ของเครื่องขยายเสียง แล้วตรวจสายรีเลย์',
      },
    });
  const known = amplifier === 'on' || clicked === true;
  return found('amplifier', known ? 'ok' : 'not-known', { figure: measuredOf(tested.tower) });
}

/** What is known of it beside what a person saw. */
function measuredOf({ amplifier, current_ma, hottest_c, relay }: NonNullable<Tested['tower']>): Words {
  const said =
    amplifier === 'on'
      ? { en: 'it says that it was on', th: 'รายงานว่าเปิดแล้ว' }
      : { en: 'it cannot say', th: 'ไม่มีการวัดกลับ' };
  const measures = [
    ...(relay?.settled_ms === undefined ? [] : [`${relay.settled_ms - relay.on_ms} ms`]),
    ...(current_ma === undefined ? [] : [`${(current_ma.median / 1_000).toFixed(2)} A`]),
    ...(hottest_c === undefined ? [] : [`${hottest_c} °C`]),
  ].join(', ');
  return measures === '' ? said : { en: `${said.en}, ${measures}`, th: `${said.th} ${measures}` };
}

async function cardOf(tested: Tested, wanted: string): Promise<Finding> {
  const { tower } = tested;
  if (tower !== undefined && tower.frames > 0)
    return found('sound-card', 'ok', { figure: plain(`${tower.sink}, ${tower.frames} frames`) });
  return { ...notDone('sound-card', tested), figure: plain(`${wanted}; ${await cardsThere()}`) };
}

/** What the kernel sees: `0 Headphones, 1 USB Audio`. */
async function cardsThere(): Promise<string> {
  const listed = await readFile('/proc/asound/cards', 'utf8').catch(() => '');
  const cards = [...listed.matchAll(/^\s*(\d+) \[[^\]]*\]: .* - (.+)$/gm)].map(
    ([, n, name]) => `${n} ${name}`,
  );
  return `/proc/asound/cards: ${cards.length === 0 ? '-' : cards.join(', ')}`;
}

async function heard(
  step: StepId,
  tested: Tested,
  ask: (() => Promise<boolean | undefined>) | undefined,
): Promise<Finding> {
  if (tested.outcome !== 'finished') return notDone(step, tested);
  const peak = tested.tower?.peak_cdbfs;
  const figure = plain(
    `${peak === undefined ? '-' : (peak / 100).toFixed(1)} dBFS, ${((tested.tower?.ms ?? 0) / 1_000).toFixed(1)} s`,
  );
  const yes = await ask?.();
  if (yes === undefined)
    return found(step, 'not-known', {
      figure,
      cause: { en: 'nobody said whether it was heard', th: 'ไม่มีผู้ยืนยันว่าได้ยิน' },
    });
  if (yes) return found(step, 'ok', { figure });
  return found(step, 'fail', {
    figure,
    cause: {
      en: 'the sound card took the sound and nobody heard it: plug, volume, amplifier or loudspeaker',
      th: 'การ์ดเสียงรับเสียงแล้วแต่ไม่ได้ยิน: ปลั๊กเสียง ระดับเสียง เครื่องขยายเสียง หรือลำโพง',
    },
    remedy: {
      en: 'headphones into the box: silent there = volume (alsamixer) or another card; heard there = cable, amplifier, loudspeaker line',
      th: 'เสียบหูฟังที่กล่อง: ไม่ได้ยิน = ระดับเสียง (alsamixer) หรือเป็นการ์ดอื่น ได้ยิน = สาย เครื่องขยายเสียง หรือสายลำโพง',
    },
  });
}

/** What the hall itself said against it. */
export function notDone(step: StepId, { outcome, reason, detail }: Tested): Finding {
  const why = reasonWords(reason ?? outcome);
  const figure = { en: why.en + more(detail), th: why.th + more(detail) };
  if (outcome === 'expired' || reason === 'late')
    return found(step, 'not-known', {
      figure,
      cause: { en: 'something more important was on air', th: 'มีรายการสำคัญกว่ากำลังออกอากาศ' },
      remedy: { en: 'wait until it is over, then do this again', th: 'รอให้จบแล้วตรวจใหม่' },
    });
  const held = HELD_BACK[reason ?? ''];
  if (held !== undefined) return found(step, 'not-known', { figure, ...held });
  return found(step, 'fail', { figure, remedy: REMEDIES[reason ?? ''] ?? ASK });
}

/** What is no fault: the hall did as it was told. */
const LATER: Words = { en: 'do this again later', th: 'ตรวจใหม่ภายหลัง' };
const HELD_BACK: Partial<Record<string, { cause: Words; remedy: Words }>> = {
  'amplifier-rest': { cause: { en: 'the amplifier has to rest', th: 'ต้องพักเครื่องขยายเสียง' }, remedy: LATER },
  'quiet-hours': {
    cause: { en: 'the laws of this hall allow no sound at this hour', th: 'กฎของหอไม่อนุญาตให้ออกเสียงในเวลานี้' },
    remedy: { en: 'do this outside the quiet hours', th: 'ตรวจนอกช่วงเวลาเงียบ' },
  },
  'minutes-used': {
    cause: { en: 'the minutes of this day are used up', th: 'ใช้เวลาออกเสียงของวันนี้ครบแล้ว' },
    remedy: { en: 'do this again tomorrow', th: 'ตรวจใหม่พรุ่งนี้' },
  },
  busy: { cause: { en: 'somebody else is testing', th: 'มีผู้อื่นกำลังทดสอบ' }, remedy: LATER },
};
const ASK: Words = {
  en: 'do this again; if it comes back, send the result to the province',
  th: 'ตรวจซ้ำ หากยังเป็นอยู่ให้ส่งผลให้จังหวัด',
};

const REMEDIES: Partial<Record<string, Words>> = {
  'no-sound-device': {
    en: 'plug the sound card in, try another USB port; "aplay -l" must list it; the name stands in tower.player.device',
    th: 'เสียบการ์ดเสียง ลองเปลี่ยนช่อง USB คำสั่ง aplay -l ต้องเห็นการ์ด ชื่ออยู่ที่ tower.player.device',
  },
  'player-failed': {
    en: 'check plug and power supply; if it comes again, replace the sound card',
    th: 'ตรวจปลั๊กและไฟเลี้ยง หากเกิดซ้ำให้เปลี่ยนการ์ดเสียง',
  },
  'player-hung': {
    en: 'unplug the sound card for ten seconds; if it comes again, replace it',
    th: 'ถอดการ์ดเสียงสิบวินาทีแล้วเสียบใหม่ หากเกิดซ้ำให้เปลี่ยน',
  },
  'amplifier-failed': {
    en: 'check mains and cable of the amplifier and of its board or relay',
    th: 'ตรวจไฟและสายของเครื่องขยายเสียง บอร์ด และรีเลย์',
  },
  'panel-gone': {
    en: 'check cable and mains of the sign; prakat panel lines shows what is plugged in',
    th: 'ตรวจสายและไฟของป้าย ใช้ prakat panel lines ดูว่ามีอะไรเสียบอยู่',
  },
  'panel-silent': { en: 'check mains of the sign, then its cable', th: 'ตรวจไฟของป้าย แล้วตรวจสาย' },
  'panel-refused': {
    en: 'compare the size of the sign with the configuration: prakat panel boards',
    th: 'เทียบขนาดป้ายกับไฟล์ตั้งค่า: prakat panel boards',
  },
};

export function notConfigured(step: StepId): Finding {
  return found(step, 'skipped', { cause: { en: 'this hall has none', th: 'หอนี้ไม่มี' } });
}

/** A test that the agent did not take is a test that was not done, and no end of the visit. */
export async function tried(test: () => Promise<Tested>): Promise<Tested> {
  try {
    return await test();
  } catch (error) {
    const reason = error instanceof Failed ? error.code : 'internal';
    return {
      play: '-',
      outcome: 'rejected',
      reason,
      detail: String(error instanceof Error ? error.message : error),
    };
  }
}

function more(detail: string | undefined): string {
  return detail === undefined ? '' : ` (${detail.slice(0, 120)})`;
}
