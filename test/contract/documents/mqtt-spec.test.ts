import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { answerOf } from '../../../firmware-protocol/mqtt/answer.ts';
import { TOPICS } from '../../../firmware-protocol/mqtt/catalogue.ts';
import { EVENTS } from '../../../firmware-protocol/mqtt/event-messages.ts';
import { LibraryRequest } from '../../../firmware-protocol/mqtt/library-requests.ts';
import {
  DeviceState,
  Health,
  Presence,
  TimeAnswer,
  TimeAsk,
} from '../../../firmware-protocol/mqtt/messages.ts';
import { OccurrencesRequest } from '../../../firmware-protocol/mqtt/occurrence-requests.ts';
import { OrderRequest } from '../../../firmware-protocol/mqtt/order-requests.ts';
import { DraftRequest, ExplainRequest } from '../../../firmware-protocol/mqtt/programme-requests.ts';
import { PushRequest } from '../../../firmware-protocol/mqtt/push-request.ts';
import { Receipt } from '../../../firmware-protocol/mqtt/receipt.ts';
import { PushAnswer, REQUESTS, StopRequest } from '../../../firmware-protocol/mqtt/requests.ts';
import { SCREEN_DOUBTS } from '../../../firmware-protocol/mqtt/screen-doubts.ts';
import {
  PreviewAnswer,
  PreviewRequest,
  ScreenRequest,
} from '../../../firmware-protocol/mqtt/sign-requests.ts';
import { Screen, ScreenAsk } from '../../../firmware-protocol/mqtt/sign-screen.ts';
import { TemplatesRequest } from '../../../firmware-protocol/mqtt/template-requests.ts';
import { MAX_PACKET_BYTES, MAX_TOPIC_LEVELS, ROOT } from '../../../firmware-protocol/mqtt/topic-row.ts';
import { readMarkdown } from './markdown.ts';

const spec = readMarkdown('mqtt/SPEC.md');
const schemas: Record<string, z.ZodType> = {
  FleetEvent: EVENTS.fleet.payload,
  OrderEvent: EVENTS.order.payload,
  DeviceState,
  Health,
  Presence,
  Receipt,
  TimeAnswer,
  TimeAsk,
  PushRequest,
  StopRequest,
  ExplainRequest,
  OccurrencesRequest,
  DraftRequest,
  LibraryRequest,
  TemplatesRequest,
  OrderRequest,
  Screen,
  ScreenAsk,
  ScreenRequest,
  PreviewRequest,
  PreviewAnswer,
  ApproveRequest: REQUESTS.approve.request,
  Answer: answerOf(PushAnswer),
};

const yes = (is: boolean) => (is ? 'yes' : 'no');

describe('mqtt/SPEC.md says what the catalogue says', () => {
  it('each topic, in order', () => {
    expect(spec.table('row')).toEqual(
      Object.entries(TOPICS).map(([name, row]) => [
        name,
        row.pattern,
        row.from,
        row.to,
        String(row.qos),
        yes(row.retained),
        yes(row.signed),
        String(row.maxBytes),
        row.says,
      ]),
    );
  });

  it('the numbers around them', () => {
    expect(spec.text).toContain(`begin with \`${ROOT}/\``);
    expect(spec.text).toContain(`more than ${MAX_TOPIC_LEVELS} levels`);
    expect(spec.text).toContain(`larger than ${MAX_PACKET_BYTES} bytes`);
  });

  it('each request, in order', () => {
    expect(spec.table('request').map(([name]) => name)).toEqual(Object.keys(REQUESTS));
  });

  it('what may not be known of the picture of a sign', () => {
    expect(spec.table('doubt')).toEqual(Object.entries(SCREEN_DOUBTS).map(([code, { en }]) => [code, en]));
  });

  it.each(spec.examples)('its example of $schema is one', ({ schema, json }) => {
    expect(schemas[schema]?.safeParse(JSON.parse(json))).toMatchObject({ success: true });
  });

  it('the push by hand is a push', () => {
    const [, json = ''] = /-m '(.*)'/.exec(spec.text) ?? [];
    expect(PushRequest.safeParse(JSON.parse(json))).toMatchObject({ success: true });
  });
});

describe('the catalogue', () => {
  const rows = Object.entries(TOPICS);

  it.each(rows)('%s fits the packet and the depth that brokers are told', (_name, row) => {
    expect(`${ROOT}/${row.pattern}`.split('/').length).toBeLessThanOrEqual(MAX_TOPIC_LEVELS);
    expect(row.maxBytes).toBeLessThan(MAX_PACKET_BYTES);
  });

  it('orders are never retained', () => {
    for (const [, row] of rows.filter(([name]) => /order/i.test(name))) expect(row.retained).toBe(false);
  });

  it('what a device believes from the server is signed', () => {
    const believed = rows.filter(([, row]) => row.from === 'server' && row.to === 'device');
    expect(believed.filter(([, row]) => !row.signed).map(([name]) => name)).toEqual(['deviceRequest']);
  });

  it('no two topics are one', () => {
    const shapes = rows.map(([, row]) => row.pattern.replace(/\{\w+\}/g, '+'));
    expect(new Set(shapes).size).toBe(shapes.length);
  });
});
