import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { InputName } from '../../../firmware-protocol/content/warnings/input-warnings.ts';
import type { InputLevel } from '../../../firmware-protocol/mqtt/messages.ts';
import { both, type Check, type Found, type Words } from './check.ts';

/** Whether it is bad is said by who looks after the part. */
const shown = (figure: Words, limit: Words): Found => ({ figure, limit, isBad: false });
const joined = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join(', ');
/** What it does, and what it measured; it may have measured nothing. */
const followed = ({ en, th }: Words, measures: string): Words =>
  measures === '' ? { en, th } : { en: `${en}, ${measures}`, th: `${th} ${measures}` };

const AMPERES = (ma: number | undefined) => (ma === undefined ? undefined : `${(ma / 1_000).toFixed(2)} A`);
const CELSIUS = (c: number | undefined) => (c === undefined ? undefined : `${c} °C`);
const VOLTS = (volts: number | undefined) => (volts === undefined ? undefined : `${volts} V`);

function heard({ there, peak_cdbfs }: InputLevel): Words {
  if (!there) return { en: 'not there', th: 'ไม่พบ' };
  return both(peak_cdbfs === undefined ? '- dBFS' : `${(peak_cdbfs / 100).toFixed(1)} dBFS`);
}

function inputCheck(id: string, name: InputName): Check {
  return {
    id,
    warnings: [`${name}-gone`, `${name}-stuck`, `${name}-contact-gone`],
    isOwners: true,
    look: ({ parts }) => {
      const level = parts?.inputs?.find((each) => each.name === name);
      return level && shown(heard(level), { en: 'can be heard', th: 'รับเสียงได้' });
    },
  };
}

const works = (is: boolean): Words => (is ? { en: 'works', th: 'ใช้งานได้' } : { en: 'away', th: 'ไม่ตอบ' });

/** What hangs on the box, and the files that it is to play. A hall that has none of it is not told of it. */
export const PART_CHECKS: readonly Check[] = [
  {
    id: 'sound card',
    warnings: ['no-sound-device', 'player-failed'],
    ...{ isOwners: true, isGrave: true },
    look: ({ parts }) =>
      parts?.tower && shown(works(parts.tower.works), { en: 'can be opened', th: 'เปิดใช้ได้' }),
  },
  {
    id: 'amplifier',
    warnings: [
      'amplifier-failed',
      'amplifier-no-current',
      'amplifier-stuck',
      'amplifier-hot',
      'amplifier-fault',
    ],
    ...{ isOwners: true, isGrave: true },
    look: ({ parts }) => {
      if (parts?.amplifier === undefined) return undefined;
      const { on, current_ma, temperature_c, supply_v } = parts.amplifier;
      const measures = joined(AMPERES(current_ma), CELSIUS(temperature_c), VOLTS(supply_v));
      const power = on ? { en: 'on', th: 'เปิดอยู่' } : { en: 'off', th: 'ปิดอยู่' };
      return shown(followed(power, measures), { en: 'does as it is told', th: 'ทำตามคำสั่ง' });
    },
  },
  {
    id: 'sign',
    warnings: [
      ...([
        'panel-gone',
        'panel-version',
        'panel-other',
        'panel-differs',
        'panel-modules',
        'panel-hot',
      ] as const),
    ],
    ...{ isOwners: true, isGrave: true },
    look: ({ parts }) => {
      if (parts?.sign === undefined && parts?.panel === undefined) return undefined;
      const { temperature_c, supply_v, faulty_modules = [] } = parts.sign ?? {};
      const isMissing = faulty_modules.length > 0;
      const modules = isMissing ? `modules ${faulty_modules.join(' ')}` : undefined;
      const figure = followed(
        works(parts.panel?.works ?? true),
        joined(CELSIUS(temperature_c), VOLTS(supply_v), modules),
      );
      return shown(figure, { en: 'shows what it is sent', th: 'แสดงตรงกับที่ส่ง' });
    },
  },
  inputCheck('receiver', 'relay'),
  inputCheck('microphone', 'microphone'),
  {
    id: 'media',
    warnings: ['media-unreachable', 'media-budget', 'media-disk', 'media-data'],
    isOwners: true,
    look: ({ parts }) => {
      if (parts?.media === undefined) return undefined;
      const { weekFiles, weekMissing, firstMissingMs } = parts.media;
      const limit = { en: 'none within a day', th: 'ไม่ขาดภายในหนึ่งวัน' };
      if (weekMissing === 0) return shown({ en: `all ${weekFiles} here`, th: `ครบ ${weekFiles} ไฟล์` }, limit);
      const due = firstMissingMs === undefined ? '' : ` ${instantOf(firstMissingMs).slice(0, 16)}`;
      const figure = {
        en: `${weekMissing} of ${weekFiles} files missing${due && `, first due${due}`}`,
        th: `ขาด ${weekMissing} จาก ${weekFiles} ไฟล์${due && ` ไฟล์แรกใช้${due}`}`,
      };
      return shown(figure, limit);
    },
  },
];
