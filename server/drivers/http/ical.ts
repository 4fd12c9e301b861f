import { IcalAnswer } from '../../../firmware-protocol/mqtt/ical-requests.ts';
import type { RequestHandler } from '../../ports.ts';
import { statusOf } from './errors.ts';

/** RFC 5545, 8.1. */
const ICAL_TYPE = 'text/calendar; charset=utf-8';

export interface IcalDownload {
  status: number;
  headers: Record<string, string>;
  body: string | object;
}

/** `GET /ical/{area}?which=draft&days=90`: what the request `ical` answers, as a file that calendar programs fetch again and again. */
export async function icalDownload(
  user: string,
  area: string,
  query: unknown,
  requests: RequestHandler,
): Promise<IcalDownload> {
  const asked: Record<string, unknown> = typeof query === 'object' && query !== null ? { ...query } : {};
  const { days } = asked;
  const document = { ...asked, area, ...(days !== undefined && { days: Number(days) }) };
  const answer = await requests(user, 'ical', Buffer.from(JSON.stringify(document)));
  if (answer.status === 'error')
    return { status: statusOf(answer.error.code), headers: {}, body: answer.error };
  const { ics, area: told } = IcalAnswer.parse(answer.data);
  return {
    status: 200,
    headers: {
      'content-type': ICAL_TYPE,
      'content-disposition': `inline; filename="prakat-${told}.ics"`,
    },
    body: ics,
  };
}
