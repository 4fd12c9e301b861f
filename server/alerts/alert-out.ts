import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { deviceOf } from '../../firmware-protocol/content/area.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { Order } from '../../firmware-protocol/content/order.ts';
import { capTimeOf } from './cap-time.ts';
import { type CapDraft, type CapPair, capXml } from './write-cap.ts';

type AlertOrder = Extract<Order, { kind: 'alert' }>;
type AllClearOrder = Extract<Order, { kind: 'all-clear' }>;

export interface CapVoice {
  /** As the configuration names us: `urn:oid:…`. */
  sender: string;
  /** The Thai name of an area, and the village of a hall; undefined = not known. */
  nameOf: (area: AreaCode) => Promise<string | undefined>;
  villageOf: (device: string) => Promise<AreaCode | undefined>;
  /** Where a sound of the library can be fetched. */
  mediaUrl: (sha256: string) => string;
}

/** Parameters that are ours, named as Canada's and Norway's are: who relays the alert finds the words to broadcast. */
const BROADCAST_TEXT = 'layer:prakat:1.0:Broadcast_Text';
const BROADCAST_SOUND = 'layer:prakat:1.0:Broadcast_Audio_SHA256';

function identifierOf(order: string): string {
  return `prakat.${order}`;
}

/** An alert of ours as CAP 1.2, in Thai. Both orders are signed: what is said is what the halls were told. */
export async function capOfAlert(order: AlertOrder, voice: CapVoice): Promise<string> {
  const { announcement } = order;
  const page = announcement.panel?.pages[0];
  const said = announcement.panel?.pages.map(({ text }) => text).join('\n') ?? announcement.title;
  const sounds = (announcement.tower?.parts ?? []).filter((part) => part.type === 'media');
  const parameter: CapPair[] = [
    { valueName: BROADCAST_TEXT, value: said },
    ...sounds.map(({ sha256 }) => ({ valueName: BROADCAST_SOUND, value: sha256 })),
  ];
  return capXml({
    ...headOf(order, voice),
    msgType: 'Alert',
    info: [
      {
        language: 'th-TH',
        category: ['Safety'],
        event: announcement.title,
        urgency: 'Immediate',
        // The band of danger to life; how sure it is, an order does not say.
        severity: 'Severe',
        certainty: 'Unknown',
        effective: capTimeOf(epochMsOf(order.start_at ?? order.issued_at)),
        expires: capTimeOf(epochMsOf(order.expires_at)),
        ...(announcement.agency !== undefined && { senderName: announcement.agency }),
        headline: page?.title ?? announcement.title,
        description: said,
        ...(page?.hotline !== undefined && { contact: page.hotline }),
        parameter,
        resource: sounds.map(({ sha256, bytes }) => ({
          resourceDesc: 'เสียงประกาศ',
          mimeType: 'audio/ogg',
          size: String(bytes),
          uri: voice.mediaUrl(sha256),
        })),
        area: await Promise.all(order.to.map((target) => areaOf(target, voice))),
      },
    ],
  });
}

/** The end of an alert of ours: a Cancel that names it. */
export function capOfAllClear(
  order: AllClearOrder,
  alert: AlertOrder,
  voice: Pick<CapVoice, 'sender'>,
): string {
  const cleared = headOf(alert, voice);
  return capXml({
    ...headOf(order, voice),
    msgType: 'Cancel',
    references: `${cleared.sender},${cleared.identifier},${cleared.sent}`,
  });
}

function headOf({ id, issued_at }: Order, { sender }: Pick<CapVoice, 'sender'>) {
  return {
    identifier: identifierOf(id),
    sender,
    sent: capTimeOf(epochMsOf(issued_at)),
    status: 'Actual' as const,
    scope: 'Public' as const,
  };
}

async function areaOf(
  target: string,
  voice: CapVoice,
): Promise<NonNullable<NonNullable<CapDraft['info']>[0]['area']>[0]> {
  const device = deviceOf(target);
  const code = device === undefined ? target : ((await voice.villageOf(device)) ?? '');
  const geocode: CapPair[] = code === '' ? [] : [{ valueName: 'DOPA', value: code === 'th' ? 'TH' : code }];
  if (code === 'th') geocode.push({ valueName: 'ISO 3166-1', value: 'TH' });
  if (/^\d\d$/.test(code)) geocode.push({ valueName: 'ISO 3166-2', value: `TH-${code}` });
  return { areaDesc: (await voice.nameOf(code)) ?? code, geocode };
}
