import { ANNOUNCEMENT_LIMITS, type Announcement } from '../../firmware-protocol/content/announcement.ts';
import { OUTPUTS, type Output } from '../../firmware-protocol/content/band.ts';
import { epochMsOf, type Instant, instantOf } from '../../firmware-protocol/content/instant.ts';
import { BANDS_OF_KIND, ORDER_LIMITS, type UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import { durationMsOf } from '../../firmware-protocol/content/resolver.ts';
import type { MediaInfo } from '../../firmware-protocol/http/media.ts';
import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import type { PushRequest } from '../../firmware-protocol/mqtt/push-request.ts';
import type { PushAnswer } from '../../firmware-protocol/mqtt/requests.ts';
import type { Asker } from '../asker.ts';
import { ServerError } from '../errors.ts';
import { resolvedTargets } from './groups.ts';
import { mediaOf, withLibraryFacts } from './media-of.ts';
import { pushed } from './push-answer.ts';
import { takenBefore } from './push-once.ts';
import { reachOf } from './push-reach.ts';
import type { RequestNeeds } from './request-row.ts';
import { announcementOf } from './short-form.ts';
import { refuseTargets } from './targets.ts';

/** A start that passed this lately was on its way; longer ago it is a mistake. */
const PAST_GRACE_MS = 60_000;

/** Says something now, or at an instant within a day. */
export async function push(asker: Asker, request: PushRequest, needs: RequestNeeds): Promise<PushAnswer> {
  const to = await resolvedTargets(request.to, 'to', needs);
  await refuseTargets(asker, to, 'to', needs);
  // Words that are spoken become a file of the library.
  if (request.say !== undefined) await asker.asked?.written();
  const announcement = await announcementIn(request, asker.user, needs);
  if (request.order !== undefined) {
    const known = await takenBefore(
      plannedOrder({ ...request, to }, announcement, asker, needs),
      asker,
      needs,
    );
    if (known !== undefined) return known;
  }
  refuseTooLong(announcement, request.announcement === undefined ? 'media' : 'announcement.tower.parts');
  const life = lifeOf(request, needs.clock.wall());
  const order = orderOf(request, announcement, {
    format: 1,
    id: request.order ?? needs.newOrderId(),
    to,
    by: asker.user,
    issued_at: instantOf(life.issuedAt),
    expires_at: instantOf(life.expiresAt),
  });
  const submitted = await needs.approvals.submit(order, asker, request.why);
  const reach = 'sent' in submitted ? reachOf(order.to, submitted.sent.devices, needs) : undefined;
  return { ...pushed(order, submitted), ...(reach !== undefined && { reach }) };
}

/** The order that a push would become but for its times, to be weighed or compared and not sent. */
export function plannedOrder(
  request: PushRequest,
  announcement: Announcement,
  { user: by }: Pick<Asker, 'user'>,
  { clock, newOrderId }: Pick<RequestNeeds, 'clock' | 'newOrderId'>,
): UnsignedOrder {
  const now = instantOf(clock.wall());
  const envelope = { id: request.order ?? newOrderId(), to: request.to, by, issued_at: now, expires_at: now };
  return orderOf(request, announcement, { format: 1, ...envelope });
}

export async function announcementIn(
  request: PushRequest,
  by: string,
  needs: Pick<RequestNeeds, 'media' | 'pictures' | 'speech'>,
): Promise<Announcement> {
  const { announcement, media = [] } = request;
  if (announcement !== undefined) return withLibraryFacts(announcement, needs);
  const sounds = media.map((sha256, at) => ({ sha256, path: `media[${at}]` }));
  const pictures = request.picture === undefined ? [] : [{ sha256: request.picture, path: 'picture' }];
  const [picture] = await mediaOf(pictures, needs.pictures);
  const known = await mediaOf(sounds, needs.media);
  return announcementOf(request, [...(await spoken(request, by, needs)), ...known], picture);
}

/** What is to be said in words comes before what was recorded. */
async function spoken(
  { say }: PushRequest,
  by: string,
  { speech }: Pick<RequestNeeds, 'speech'>,
): Promise<MediaInfo[]> {
  return say === undefined ? [] : [(await speech.say(say, by)).media];
}

type Envelope = Pick<UnsignedOrder, 'format' | 'id' | 'to' | 'by' | 'issued_at' | 'expires_at'>;
type Said = Envelope & { announcement: Announcement; outputs: Output[]; start_at?: Instant };

/** An order of each kind, in the band that was asked for, else in the highest of its kind: who pushes wants to be heard. */
const ORDERS: Record<PushRequest['kind'], (said: Said, asked: number | undefined) => UnsignedOrder> = {
  alert: (said) => ({ ...said, kind: 'alert', band: BANDS_OF_KIND.alert[0] }),
  test: (said, asked) => ({ ...said, kind: 'test', band: bandOf(BANDS_OF_KIND.test, asked) }),
  announce: (said, asked) => ({ ...said, kind: 'announce', band: bandOf(BANDS_OF_KIND.announce, asked) }),
};

export function bandOf<B extends number>(allowed: readonly [B, ...B[]], asked: number | undefined): B {
  return allowed.find((band) => band === asked) ?? allowed[0];
}

function orderOf(request: PushRequest, announcement: Announcement, envelope: Envelope): UnsignedOrder {
  const { kind, band, outputs = [...OUTPUTS], start_at } = request;
  return ORDERS[kind](
    { ...envelope, announcement, outputs, ...(start_at !== undefined && { start_at }) },
    band,
  );
}

function lifeOf(request: PushRequest, now: number): { issuedAt: number; expiresAt: number } {
  const start = request.start_at === undefined ? now : epochMsOf(request.start_at);
  const expiresAt = Math.max(start, now) + request.expires_in_s * 1_000;
  if (start < now - PAST_GRACE_MS)
    throw invalid('start_at', 'in-the-past', 'this time has passed', 'เวลานี้ผ่านไปแล้ว');
  if (expiresAt - now > ORDER_LIMITS.lifeMs)
    throw invalid(
      'start_at',
      'too-far-ahead',
      'an order starts and expires within 24 hours; use the programme for later',
      'คำสั่งต้องเริ่มและหมดอายุภายใน 24 ชั่วโมง หากช้ากว่านั้นให้ใช้ผังรายการ (programme)',
    );
  return { issuedAt: now, expiresAt };
}

function refuseTooLong(announcement: Announcement, path: string): void {
  const ms = durationMsOf(announcement, 'tower');
  if (ms <= ANNOUNCEMENT_LIMITS.mediaMs) return;
  const [minutes, limit] = [Math.ceil(ms / 60_000), ANNOUNCEMENT_LIMITS.mediaMs / 60_000];
  throw invalid(
    path,
    'too-long-sound',
    `with repeats the sound lasts ${minutes} minutes; at most ${limit}`,
    `รวมการพูดซ้ำแล้วเสียงยาว ${minutes} นาที ยาวได้ไม่เกิน ${limit} นาที`,
  );
}

function invalid(path: string, code: string, en: string, th: string): ServerError {
  const fault: Fault = { path, code, en, th };
  return new ServerError('request-invalid', { faults: [fault] });
}
