import { describe, expect, it } from 'vitest';
import { configFrom, ServerConfig } from '../../../server/config.ts';
import { isServerError } from '../../../server/errors.ts';
import { CONFIG_MESSAGES } from '../../../server/faults/config-messages.ts';
import { HALL_MESSAGES } from '../../../server/faults/hall-messages.ts';
import { SCHEMA_MESSAGES } from '../../../server/faults/schema-messages.ts';
import { messages } from './faults/schema-messages.ts';

const everywhere = { host: '0.0.0.0', port: 80 };
const outside = { http: 'https://prakat.example/base/', broker: 'mqtts://prakat.example:8883' };

const sql = (postgres: object) => ({ database: { postgres } });

describe('a configuration', () => {
  it('is made of nothing, for trying out: this machine only, beside the file', () => {
    expect(configFrom({}, '/srv')).toEqual({
      data: '/srv/prakat-data',
      database: 'sqlite',
      broker: { kind: 'embedded', host: '127.0.0.1', port: 1883 },
      http: { host: '127.0.0.1', port: 8080, proxies: [] },
      public: {},
      media: { kind: 'folder' },
      training: false,
      signer: 'process',
      approvals: { alone: [], step_up: true, quiet: [{ from: '21:00', until: '06:00' }] },
      alerts: { feeds: [], languages: [], rules: [], sender: 'prakat', senders: [] },
      log: 'info',
      speech: [],
    });
  });

  it('names addresses to which a path can be joined', () => {
    expect(configFrom({ http: everywhere, public: outside }, '/').public.http).toBe(
      'https://prakat.example/base',
    );
  });

  it.each([
    ['all interfaces, and no address for devices', { http: everywhere }, 'public.http'],
    ['the same of the broker', { broker: { kind: 'embedded', host: '::', port: 1 } }, 'public.broker'],
    ['a proxy that is no address', { http: { proxies: ['everybody'] } }, 'http.proxies'],
    ['a member that is not known', { htpp: {} }, 'htpp'],
    [
      'a database password that all may read',
      sql({ url: 'postgresql://prakat:secret@db/prakat' }),
      'postgres.url',
    ],
    ['an address and its parts', sql({ url: 'postgresql://prakat@db/prakat', host: 'db' }), 'postgres.url'],
    ['two database passwords', sql({ password_file: 'a', password_env: 'B' }), 'password_env'],
    ['another kind of broker', { broker: { kind: 'emqx' } }, 'broker.kind'],
    ['a web address for a broker', { public: { broker: 'https://x' } }, 'public.broker'],
  ])('with %s is refused, and says where', (_what, written, where) => {
    expect(() => configFrom(written, '/')).toThrow(where);
  });
});

describe('the words of a configuration', () => {
  const said = messages(ServerConfig);

  it('all have a Thai side', () => {
    const known = { ...SCHEMA_MESSAGES, ...HALL_MESSAGES, ...CONFIG_MESSAGES };
    expect(said.filter((message) => !(message in known))).toEqual([]);
    expect(Object.keys(CONFIG_MESSAGES).filter((message) => !said.includes(message))).toEqual([]);
  });

  /** A Thai sentence has no English in it but names of members, values and schemes. */
  it.each([
    [{ htpp: {} }, /^ใช้ค่าที่ตั้งไว้ไม่ได้: htpp: ไม่รู้จัก "htpp" หมายถึง "http" ใช่หรือไม่$/],
    [
      { public: { broker: 'https://x' } },
      /: public\.broker: "https:\/\/x" ไม่ใช่ที่อยู่ที่ขึ้นต้นด้วย mqtt:\/\/ หรือ mqtts:\/\/$/,
    ],
    [{ http: { host: '0.0.0.0' } }, /: public\.http: ให้ระบุที่อยู่ที่หอใช้ติดต่อ \(public\.http\)$/],
    [{ http: { port: '80' } }, /: http\.port: ต้องเป็นตัวเลข แต่ได้รับข้อความ$/],
    [{ broker: { kind: 'emqx' } }, /: broker\.kind: "emqx" ไม่อยู่ในตัวเลือก "embedded", "external"$/],
    [{ http: { proxies: ['everybody'] } }, /: http\.proxies\[0\]: [^a-zA-Z]*(IPv4)?[^a-zA-Z]*$/],
    [{ log: 'loud' }, /: log: "loud" ไม่อยู่ในตัวเลือก /],
    [{ alerts: { senders: [{ sender: 'a b', areas: ['43'] }] } }, /ชื่อผู้ส่งต้องไม่มีเว้นวรรค/],
  ])('%j is refused in Thai', (written, thai) => {
    expect(failureOf(written).th).toMatch(thai);
  });
});

function failureOf(written: unknown): { en: string; th: string } {
  try {
    configFrom(written, '/');
  } catch (error) {
    if (isServerError(error, 'config-invalid')) return error.failure();
    throw error;
  }
  throw new Error('it was taken');
}
