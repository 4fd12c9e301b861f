import { describe, expect, it } from 'vitest';
import { configFrom } from '../../../server/config.ts';

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
