import { describe, expect, it } from 'vitest';
import { wordsFor } from '../../../server/alerts/alert-words.ts';
import type { CapAlert } from '../../../server/alerts/cap-schema.ts';
import { readAlerts } from '../../../server/alerts/read-alerts.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';
import { bytesOf, changed, FLOOD } from '../../fixtures/cap/fixtures.ts';
import { type MadeAlert, madeAlert } from '../../fixtures/cap/made-alert.ts';

const ABROAD = { language: 'en-US', areaDesc: 'Nong Khai', geocode: '43' } as const;
const LISTEN_ON = 'โปรดติดตามประกาศของทางราชการ';

function told(about: Partial<MadeAlert> & Pick<MadeAlert, 'event'>) {
  const made = madeAlert({ identifier: 'a', sender: 'urn:oid:2.49.0.0.764.0', sent: Date.now(), ...about });
  const [read] = readAlerts(bytesOf(made), readXml);
  const alert = read?.alert as CapAlert;
  const { title, text, speech } = wordsFor(alert, alert.info);
  return { title, lines: text.split('\n'), speech };
}

describe('an alert without Thai is told in the words of a Thai announcer', () => {
  it.each([
    [
      {
        event: 'Flash Flood Warning',
        response: 'Evacuate',
        areaDesc: 'อำเภอท่าบ่อ',
        senderName: 'กรมอุตุนิยมวิทยา',
      },
      'เตือนภัย น้ำท่วมฉับพลัน',
      `ประกาศเตือนภัยจากกรมอุตุนิยมวิทยา เรื่อง น้ำท่วมฉับพลัน ในพื้นที่อำเภอท่าบ่อ ระดับรุนแรงมาก ขอให้อพยพไปยังที่ปลอดภัย ${LISTEN_ON}`,
    ],
    [
      {
        event: 'Thunderstorm Watch',
        response: 'Prepare',
        severity: 'Moderate',
        senderName: 'Weather Office',
      },
      'เฝ้าระวัง พายุฝนฟ้าคะนอง',
      `ประกาศเตือนภัยจาก Weather Office เรื่อง เฝ้าระวังพายุฝนฟ้าคะนอง ในพื้นที่นี้ ระดับปานกลาง ขอให้เตรียมพร้อมรับสถานการณ์ ${LISTEN_ON}`,
    ],
    [
      { event: 'Earthquake', severity: 'Unknown', category: 'Geo' },
      'เตือนภัย แผ่นดินไหว',
      `ประกาศเตือนภัย เรื่อง แผ่นดินไหว ในพื้นที่นี้ ${LISTEN_ON}`,
    ],
    [
      { event: 'Tsunami Warning', severity: 'Extreme', response: 'Evacuate', category: 'Geo' },
      'เตือนภัย คลื่นสึนามิ',
      `ประกาศเตือนภัย เรื่อง คลื่นสึนามิ ในพื้นที่นี้ ระดับรุนแรงที่สุด ขอให้อพยพไปยังที่ปลอดภัย ${LISTEN_ON}`,
    ],
    [
      { event: 'PM2.5 above standard', severity: 'Moderate', response: 'Shelter', category: 'Env' },
      'เตือนภัย ฝุ่นละอองขนาดเล็กเกินมาตรฐาน',
      `ประกาศเตือนภัย เรื่อง ฝุ่นละอองขนาดเล็กเกินมาตรฐาน ในพื้นที่นี้ ระดับปานกลาง ขอให้หลบอยู่ในที่ปลอดภัย ${LISTEN_ON}`,
    ],
    [
      {
        event: 'Dengue outbreak',
        severity: 'Minor',
        response: 'Monitor',
        category: 'Health',
        senderName: 'กรมควบคุมโรค',
      },
      'เตือนภัย โรคระบาด',
      'ประกาศเตือนภัยจากกรมควบคุมโรค เรื่อง โรคระบาด ในพื้นที่นี้ ระดับเล็กน้อย ขอให้ติดตามข่าวสารอย่างใกล้ชิด',
    ],
    [
      { event: 'Thunderstorm', severity: 'Minor', response: 'AllClear', senderName: 'กรมอุตุนิยมวิทยา' },
      'สถานการณ์พายุฝนฟ้าคะนองคลี่คลายแล้ว',
      'ประกาศจากกรมอุตุนิยมวิทยา เรื่อง สถานการณ์พายุฝนฟ้าคะนองคลี่คลายแล้ว ในพื้นที่นี้',
    ],
  ] as const)('%j', (about, title, speech) => {
    expect(told({ ...ABROAD, ...about })).toMatchObject({ title, speech });
  });

  it('and the sign names the place as the agency writes it, line by line', () => {
    expect(told({ ...ABROAD, event: 'Flood', response: 'Avoid' }).lines).toEqual([
      'พื้นที่ Nong Khai',
      'ระดับรุนแรงมาก',
      'ขอให้อยู่ห่างจากพื้นที่อันตราย',
      LISTEN_ON,
    ]);
  });

  it.each([
    ['Industrial accident', 'Safety', 'เหตุอันตรายต่อประชาชน'],
    ['Active shooter with a firearm', 'Security', 'เหตุด้านความมั่นคง'],
    ['Training of volunteers', 'Other', 'เหตุฉุกเฉิน'],
    ['Computer virus', 'Security', 'ภัยออนไลน์'],
    ['Grass fire', 'Fire', 'ไฟป่า'],
    ['Earthquake, no tsunami expected', 'Geo', 'แผ่นดินไหว'],
    ['Snowstorm', 'Met', 'พายุลมแรง'],
  ])('%s is no other danger', (event, category, what) => {
    expect(told({ ...ABROAD, event, category }).title).toBe(`เตือนภัย ${what}`);
  });
});

describe('an alert in Thai is told in its own words', () => {
  const own = {
    event: 'พายุฤดูร้อน',
    senderName: 'กรมอุตุนิยมวิทยา',
    headline: 'พายุฤดูร้อนบริเวณประเทศไทยตอนบน',
    instruction: 'หลีกเลี่ยงการอยู่ใต้ต้นไม้ใหญ่และป้ายโฆษณา',
  };

  it('once each, headline first', () => {
    expect(told({ ...own, description: 'ลมกระโชกแรง' })).toEqual({
      title: own.headline,
      lines: ['ลมกระโชกแรง', own.instruction],
      speech: `ประกาศเตือนภัยจากกรมอุตุนิยมวิทยา เรื่อง ${own.headline} ลมกระโชกแรง ${own.instruction}`,
    });
  });

  it('however long it explains: the sign still says what to do, and the tower says all', () => {
    const description = 'มวลอากาศเย็นจากประเทศจีนแผ่ลงมาปกคลุมประเทศไทยตอนบน '.repeat(20).trim();
    const { lines, speech } = told({ ...own, description });
    expect(lines[0]?.length).toBeLessThanOrEqual(200);
    expect(lines[0]?.endsWith('…')).toBe(true);
    expect(lines[1]).toBe(own.instruction);
    expect(speech).toContain(description);
  });

  it('letters that nobody sees are left out, and never keep a warning from being told', () => {
    const { title, lines } = told({ event: '\u202bน้ำป่า\u200fไหลหลาก\u2028ฉับพลัน\u202c', language: 'th' });
    expect([title, ...lines]).toEqual(['น้ำป่าไหลหลาก ฉับพลัน', 'น้ำป่าไหลหลาก ฉับพลัน']);
  });

  it('with nothing but an event it is told all the same', () => {
    expect(told({ event: 'น้ำป่าไหลหลาก' })).toEqual({
      title: 'น้ำป่าไหลหลาก',
      lines: ['น้ำป่าไหลหลาก'],
      speech: 'ประกาศเตือนภัย เรื่อง น้ำป่าไหลหลาก',
    });
  });
});

describe('sound that an alert brings', () => {
  const soundOf = (text: string) => {
    const alert = readAlerts(bytesOf(text), readXml)[0]?.alert as CapAlert;
    return wordsFor(alert, alert.info).sound?.base64;
  };
  const DIGEST = '<digest>0123456789012345678901234567890123456789</digest>';

  it('is said', () => {
    expect(soundOf(FLOOD)).toBe('c2lsZW5j');
  });

  it('is not said where it is not what its digest was made of: the words are', () => {
    expect(soundOf(changed(FLOOD, '</derefUri>', `</derefUri>${DIGEST}`))).toBeUndefined();
  });
});
