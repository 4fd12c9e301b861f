import { readFile } from 'node:fs/promises';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { upload } from '../../../scripts/operator/upload.ts';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { madeAlert } from '../../fixtures/cap/made-alert.ts';
import { PaperHall } from '../../integration/server/paper-hall.ts';
import { SPEECH_WAV } from '../../integration/sound/speech.ts';
import { drafted, WEEK } from './plan-stage.ts';
import type { Account } from './stage.ts';

/** Somebody must say yes to a warning, so that there is something to approve. */
export const FURNISHED_SERVER = {
  approvals: { alone: [], step_up: false, quiet: [] },
  alerts: { sender: 'urn:oid:2.49.0.0.764.43' },
};

/** The hall of the country that is there for real. */
export const HALL = { device: 'hall-sao-lao', village: '43010101' };
/** Others, of which the first is unwell. */
const VILLAGES = ['43010102', '43010103', '43020101'];
const SIGN = { title: 'ประชุมหมู่บ้าน', panel: { pages: [{ text: 'ประชุม ๙ โมง' }] } };

/**
 * Something in every room of Nong Khai: halls well and unwell, orders, what waits for a yes, plans, sound, troubles. HALL is awake.
 * `owner`: has the sound, and may approve.
 */
export async function furnish(
  country: Country,
  owner: Account,
): Promise<{ order: string; leave: () => void }> {
  const { operator } = country;
  await operator.ask('places', { csv: await readFile('docs/samples/villages.csv', 'utf8') });
  const halls = await Promise.all(VILLAGES.map((village, at) => hallIn(country, village, at > 0)));
  await upload({ ...country.profile, ...owner }, SPEECH_WAV);
  await drafted(country, WEEK);
  await operator.ask('publish', { area: '43', accept: ['frozen'] });
  await operator.ask('troubles', {
    ...{ change: 'report', village: '43010101', part: 'tower', text: 'ลำโพงทิศเหนือเงียบ' },
  });
  await operator.ask('groups', { group: 'rim-khong', title: 'ริมโขง', areas: ['430101'] });
  const { order } = await operator.ask('push', { to: ['43010101'], announcement: SIGN });
  await operator.ask('push', { to: ['4301'], kind: 'alert', text: 'น้ำโขงขึ้นสูง โปรดระวัง', chime: 'alert' });
  await warningOfAnAgency(country);
  return {
    order,
    leave: () => {
      for (const { guest } of halls) guest?.cut();
    },
  };
}

async function hallIn({ operator, server }: Country, village: string, isWell: boolean): Promise<PaperHall> {
  const device = `hall-${village}`;
  const { code } = await operator.ask('enrol', { device, village, name: `ศาลาประชาคม ${village}` });
  const hall = await PaperHall.enrol(server.httpUrl, code);
  const guest = await hall.connect();
  const state = {
    ...{ boot: 1, version: '0.1.0', village, trust: isWell ? 'full' : 'floor', boot_nonce: 'n', keys: 1 },
    ...{ programmes: [], warnings: isWell ? [] : ['amplifier-failed'] },
    outputs: { tower: { works: isWell }, panel: { works: true } },
  };
  await guest.publish(topicOf('state', hall.topic), JSON.stringify(state), { retain: true });
  return hall;
}

async function warningOfAnAgency({ profile: { user, password }, server }: Country): Promise<void> {
  const xml = madeAlert({
    ...{ identifier: 'tmd-1', sender: 'urn:oid:2.49.0.0.764.0', sent: Date.now(), geocode: '43010101' },
    ...{ event: 'น้ำท่วมฉับพลัน', headline: 'เตือนน้ำท่วมฉับพลัน หนองคาย', senderName: 'กรมอุตุนิยมวิทยา' },
  });
  const response = await fetch(`${server.httpUrl}/alerts`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      'content-type': 'application/cap+xml',
    },
    body: xml,
  });
  if (!response.ok) throw new Error(`the warning was not taken: ${await response.text()}`);
}
