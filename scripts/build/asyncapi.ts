import { z } from 'zod';
import { Announcement } from '../../firmware-protocol/content/announcement.ts';
import { AreaCode, DeviceId } from '../../firmware-protocol/content/area.ts';
import { ScopedKey } from '../../firmware-protocol/content/key-set.ts';
import { Order } from '../../firmware-protocol/content/order.ts';
import { ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { Report, ReportEvent } from '../../firmware-protocol/content/report.ts';
import { Signature } from '../../firmware-protocol/content/signature.ts';
import { answerOf } from '../../firmware-protocol/mqtt/answer.ts';
import { TOPICS, type TopicName } from '../../firmware-protocol/mqtt/catalogue.ts';
import { REQUESTS, type RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import { ROOT, type TopicRow } from '../../firmware-protocol/mqtt/topic-row.ts';

/**
 * The catalogue as an AsyncAPI 3.0 document, told from the server: it sends what the catalogue says is from it.
 * `docs/asyncapi.json` is this text; `npx vitest run test/contract/asyncapi.test.ts -u` writes it anew.
 */
export function asyncApiText(): string {
  const text = JSON.stringify(asyncApi(), null, 2);
  return `${text.replace(LIST_OF_SCALARS, onOneLine)}\n`;
}

/** `npm run check` asks for the formatter's form: lists of scalars stand on one line where they fit. */
const LINE_WIDTH = 110;
const LIST_OF_SCALARS = /^( *(?:"[^"\n]*": )?)\[\n((?: *(?:"(?:[^"\\\n]|\\.)*"|[-\d.a-z]+),?\n)+) *\](,?)/gm;

function onOneLine(asIs: string, before: string, items: string, comma: string): string {
  const line = `${before}[${items.trim().replace(/,\n */g, ', ')}]${comma}`;
  return line.length <= LINE_WIDTH ? line : asIs;
}

const topicNames = Object.keys(TOPICS) as TopicName[];
const requestNames = Object.keys(REQUESTS) as RequestName[];

/** What a parameter of a topic stands for. */
const PARAMETERS: Record<string, string> = {
  zone: '`th` or the 2-digit province: one filter takes a province to its own broker',
  area: '`th`, or a DOPA code of 2, 4, 6 or 8 digits',
  device: 'a device id: 3 to 32 of a-z, 0-9 and "-"',
  user: 'the name an operator logs on with',
  what: 'the name of the request',
};

interface Message {
  name: string;
  says: string;
  payload: z.ZodType;
}

function asyncApi(): object {
  const messages = topicNames.flatMap(messagesOf);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'prakat: server, village halls, operators',
      version: ROOT.split('/').at(-1),
      description:
        'MQTT 3.1.1 or later, JSON in UTF-8. Generated from firmware-protocol/mqtt/catalogue.ts; the prose is firmware-protocol/mqtt/SPEC.md.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(topicNames.map((name) => [name, channelOf(name)])),
    operations: Object.fromEntries(topicNames.map((name) => [name, operationOf(name)])),
    components: {
      messages: Object.fromEntries(messages.map((message) => [message.name, messageOf(message)])),
      schemas: schemasOf(messages),
    },
  };
}

/** Requests and answers share a topic row; each has a message of its own. */
function messagesOf(name: TopicName): Message[] {
  if (name === 'operatorRequest')
    return requestNames.map((what) => ({
      name: what,
      says: `request ${what}`,
      payload: REQUESTS[what].request,
    }));
  if (name === 'operatorResponse')
    return requestNames.map((what) => ({
      name: `${what}Answer`,
      says: `answer to ${what}`,
      payload: answerOf(REQUESTS[what].answer),
    }));
  const { says, payload } = TOPICS[name];
  return [{ name, says, payload }];
}

function channelOf(name: TopicName): object {
  const row: TopicRow = TOPICS[name];
  const parameters = [...row.pattern.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => [
    key,
    { description: PARAMETERS[key] },
  ]);
  return {
    address: `${ROOT}/${row.pattern}`,
    description: row.says,
    messages: Object.fromEntries(
      messagesOf(name).map((each) => [each.name, { $ref: `#/components/messages/${each.name}` }]),
    ),
    ...(parameters.length > 0 && { parameters: Object.fromEntries(parameters) }),
    'x-max-bytes': row.maxBytes,
    'x-signed': row.signed,
  };
}

function operationOf(name: TopicName): object {
  const row: TopicRow = TOPICS[name];
  const reply = REPLIES[name];
  return {
    action: row.from === 'server' ? 'send' : 'receive',
    channel: { $ref: `#/channels/${name}` },
    summary: `${row.from} -> ${row.to}: ${row.says}`,
    messages: messagesOf(name).map((each) => ({ $ref: `#/channels/${name}/messages/${each.name}` })),
    ...(reply !== undefined && { reply: { channel: { $ref: `#/channels/${reply}` } } }),
    bindings: { mqtt: { qos: row.qos, retain: row.retained, bindingVersion: '0.2.0' } },
  };
}

const REPLIES: Partial<Record<TopicName, TopicName>> = {
  operatorRequest: 'operatorResponse',
  deviceRequest: 'deviceResponse',
  timeAsk: 'timeAnswer',
};

function messageOf({ name, says }: Message): object {
  return { name, summary: says, payload: { $ref: schemaPath(schemaIdOf(name)) } };
}

function schemaIdOf(message: string): string {
  return `${message[0]?.toUpperCase()}${message.slice(1)}`;
}

function schemaPath(id: string): string {
  return `#/components/schemas/${id}`;
}

/** Schemas that many messages share, each written once. */
const SHARED = {
  AreaCode,
  DeviceId,
  Signature,
  Announcement,
  ProgrammeEntry,
  ScopedKey,
  Report,
  ReportEvent,
  Order,
};

function schemasOf(messages: Message[]): object {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SHARED)) registry.add(schema, { id: `${id}Document` });
  for (const { name, payload } of messages)
    if (!registry.has(payload)) registry.add(payload, { id: schemaIdOf(name) });
  const { schemas } = z.toJSONSchema(registry, { io: 'input', target: 'draft-7', uri: schemaPath });
  const named = Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, ...schema }]) => [
    id,
    schema,
  ]);
  return {
    ...Object.fromEntries(named),
    // Two topics carry an order: one schema under the name of each message.
    ...Object.fromEntries(
      messages
        .filter(({ name }) => schemas[schemaIdOf(name)] === undefined)
        .map(({ name, payload }) => [
          schemaIdOf(name),
          { $ref: schemaPath(registry.get(payload)?.id ?? '') },
        ]),
    ),
  };
}
