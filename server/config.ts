import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { AreaCode } from '../firmware-protocol/content/area.ts';
import { Window } from '../firmware-protocol/content/site-laws.ts';
import { AlertsConfig } from './alerts/alert-policy.ts';
import { isServerError } from './errors.ts';
import { configFault, readConfigured, unreadable } from './faults/config-fault.ts';
import { readJson } from './faults/read-json.ts';

const Host = z.string().min(1);
const Port = z.int().min(0).max(65_535);
/** As it is put before a path. */
const BaseUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
/** An address for everybody says nothing to a device about where to connect. */
const isAddress = (host: string) => host !== '0.0.0.0' && host !== '::';

const EmbeddedBroker = z.strictObject({
  kind: z.literal('embedded'),
  host: Host.default('127.0.0.1'),
  /** 0 = any free one. */
  port: Port.default(1883),
});
const ExternalBroker = z.strictObject({
  kind: z.literal('external'),
  /** How the server reaches Mosquitto. */
  url: z.url({ protocol: /^mqtts?$/ }),
  /** PEM file of the authority that signed its certificate. */
  ca: z.string().optional(),
  /** Where the server writes Mosquitto's configuration, rules and passwords. */
  folder: z.string().min(1),
  /** What Mosquitto shall listen on. */
  listen: z.strictObject({ host: Host, port: Port }),
});

const ServerName = z.string().regex(/^[a-z0-9]{1,16}$/, 'lower case letters and digits, at most 16');
/** Several servers on one PostgreSQL and one Mosquitto: which one this is, and all there are. */
const Servers = z
  .strictObject({ name: ServerName, of: z.array(ServerName).min(1).max(32) })
  .refine(({ name, of }) => of.includes(name), { message: 'names all servers, this one too', path: ['of'] });

const Seconds = z.int().min(1).max(600).default(60);
/** How text becomes speech; docs/operate.md has an example of each. */
const Speech = z.discriminatedUnion('engine', [
  z.strictObject({
    engine: z.literal('clips'),
    /** With `clips.json` in it. */
    folder: z.string().min(1),
  }),
  z.strictObject({
    engine: z.literal('command'),
    program: z.string().min(1),
    /** `{text}` and `{out}` are filled in; no shell looks at them. */
    args: z
      .array(z.string())
      .refine((args) => args.some((each) => each.includes('{out}')), 'one argument names {out}'),
    /** Another name makes everything anew. */
    voice: z.string().default(''),
    seconds: Seconds,
  }),
  z.strictObject({
    engine: z.literal('http'),
    url: z.url({ protocol: /^https?$/ }),
    voice: z.string().default(''),
    /** A file with the bearer token, readable by the server alone. */
    token_file: z.string().min(1).optional(),
    seconds: Seconds,
  }),
]);
export type SpeechConfig = z.infer<typeof Speech>;
export type CommandSpeechConfig = Extract<SpeechConfig, { engine: 'command' }>;
export type HttpSpeechConfig = Extract<SpeechConfig, { engine: 'http' }>;

/** A PostgreSQL beside the server: an address, or its parts. The password stands in neither. */
const Postgres = z
  .strictObject({
    /** `postgresql://prakat@db.example:5432/prakat`. */
    url: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    /** A name, an address, or the folder of its socket: `/var/run/postgresql`. */
    host: Host.optional(),
    port: z.int().min(1).max(65_535).optional(),
    database: z.string().min(1).optional(),
    user: z.string().min(1).optional(),
    /** A file with nothing else in it, readable by the server alone. */
    password_file: z.string().min(1).optional(),
    /** The environment variable that holds it. */
    password_env: z.string().min(1).optional(),
    /** PEM file of the authority that signed its certificate: then nothing goes over the network in the clear. */
    ca: z.string().min(1).optional(),
    /** Open at a time by this process. */
    connections: z.int().min(2).max(100).default(10),
  })
  .refine(({ url, ...parts }) => url === undefined || isAlone(parts), {
    message: 'either the url, or host, port, database and user',
    path: ['url'],
  })
  .refine(({ url }) => url === undefined || new URL(url).password === '', {
    message:
      'a password in an address is read by everybody who may read this file: password_file or password_env',
    path: ['url'],
  })
  .refine(({ password_file, password_env }) => password_file === undefined || password_env === undefined, {
    message: 'either password_file or password_env',
    path: ['password_env'],
  });
export type PostgresConfig = z.infer<typeof Postgres>;

const isAlone = ({ host, port, database, user }: Partial<Record<string, unknown>>) =>
  [host, port, database, user].every((part) => part === undefined);

/** An object store that speaks the S3 API, addressed by path: `<endpoint>/<bucket>/media/<sha256>`. */
const S3 = z.strictObject({
  kind: z.literal('s3'),
  endpoint: BaseUrl,
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket'),
  /** Stores of one's own take any name; `us-east-1` is what most expect. */
  region: z.string().min(1).default('us-east-1'),
  access_key: z.string().min(1),
  /** A file with the secret key, readable by the server alone. */
  secret_key_file: z.string().min(1),
});
export type S3Config = z.infer<typeof S3>;

/** The server's configuration file, JSON. Folders are relative to the file. */
export const ServerConfig = z
  .strictObject({
    data: z.string().min(1).default('prakat-data'),
    /** `sqlite`: a file in `data`. */
    database: z.union([z.literal('sqlite'), z.strictObject({ postgres: Postgres })]).default('sqlite'),
    /** Absent: this is the only one. */
    servers: Servers.optional(),
    broker: z.discriminatedUnion('kind', [EmbeddedBroker, ExternalBroker]).prefault({ kind: 'embedded' }),
    http: z
      .strictObject({
        host: Host.default('127.0.0.1'),
        port: Port.default(8080),
        /** Proxies in front whose word on the sender's address is taken; else all who come through one count as one. */
        proxies: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).default([]),
        /** Folder with the built pages of the console; absent = those that came with the program. */
        console: z.string().min(1).optional(),
      })
      .prefault({}),
    /** How devices reach the server, where that is not how it listens: behind a proxy, on all interfaces. */
    public: z
      .strictObject({
        broker: z.url({ protocol: /^mqtts?$/ }).optional(),
        http: BaseUrl.optional(),
      })
      .prefault({}),
    /** Asked in this order; the next one is asked for what one cannot say. */
    speech: z.array(Speech).max(8).default([]),
    /** Where sound and pictures lie. `folder`: in `data`. */
    media: z
      .discriminatedUnion('kind', [z.strictObject({ kind: z.literal('folder') }), S3])
      .prefault({ kind: 'folder' }),
    /** A server on which people learn: keys and topics of its own, which no live hall hears. For a data folder of its own. */
    training: z.boolean().default(false),
    /** Where the private halves of the signing keys are held: by a process of its own, or (for trying out) by the server. */
    signer: z.enum(['process', 'inside']).default('process'),
    /** Warnings of other agencies, in CAP 1.2. */
    alerts: AlertsConfig.prefault({}),
    /** Who must say yes besides the one who asks, and where nobody else is there to do so. */
    approvals: z
      .strictObject({
        /** Areas in which one person is enough for alerts, at night and beyond a district. The audit tells each time. */
        alone: z.array(AreaCode).default([]),
        /** Whether who asks for what needs a second person, and who approves it, gives the password again. */
        step_up: z.boolean().default(true),
        /** When a voice from a tower needs a second person. */
        quiet: z
          .array(Window)
          .max(20)
          .default([{ from: '21:00', until: '06:00' }]),
      })
      .prefault({}),
    log: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine(
    ({ servers, broker, database }) =>
      servers === undefined || (broker.kind === 'external' && database !== 'sqlite'),
    { message: 'several servers share a PostgreSQL and a Mosquitto', path: ['servers'] },
  )
  .refine(({ http, public: outside }) => isAddress(http.host) || outside.http !== undefined, {
    message: 'name the address that devices use: public.http',
    path: ['public', 'http'],
  })
  .refine(
    ({ broker, public: outside }) =>
      isAddress(broker.kind === 'embedded' ? broker.host : broker.listen.host) ||
      outside.broker !== undefined,
    { message: 'name the address that devices use: public.broker', path: ['public', 'broker'] },
  );
export type ServerConfig = z.infer<typeof ServerConfig>;

/** Reads a configuration file; a file with `{}` is a server for trying out. Rejects `config-invalid`. */
export async function readConfig(path: string): Promise<ServerConfig> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw configFault('--config', unreadable(path, cause), cause);
  });
  return configFrom(jsonIn(path, bytes), dirname(resolve(path)));
}

function jsonIn(path: string, bytes: Uint8Array): unknown {
  try {
    return readJson(bytes);
  } catch (error) {
    if (!isServerError(error, 'json-broken')) throw error;
    const { en, th } = error.failure();
    throw configFault(path, { en, th }, error);
  }
}

/** A configuration as written -> as used: defaults filled in, folders absolute. Throws `config-invalid`. */
export function configFrom(written: unknown, base: string): ServerConfig {
  const config = readConfigured(ServerConfig, written);
  const broker =
    config.broker.kind === 'external'
      ? { ...config.broker, folder: resolve(base, config.broker.folder) }
      : config.broker;
  const speech = config.speech.map((each) =>
    each.engine === 'clips' ? { ...each, folder: resolve(base, each.folder) } : each,
  );
  const { console: pages, ...http } = config.http;
  return {
    ...config,
    data: resolve(base, config.data),
    http: pages === undefined ? http : { ...http, console: resolve(base, pages) },
    media:
      config.media.kind === 's3'
        ? { ...config.media, secret_key_file: resolve(base, config.media.secret_key_file) }
        : config.media,
    database: databaseFrom(config, base),
    alerts: foldersOf(config.alerts, base),
    broker,
    speech,
  };
}

function foldersOf({ folder, ...alerts }: AlertsConfig, base: string): AlertsConfig {
  return folder === undefined ? alerts : { ...alerts, folder: resolve(base, folder) };
}

function databaseFrom({ database }: ServerConfig, base: string): ServerConfig['database'] {
  if (database === 'sqlite') return database;
  const { password_file, ca, ...rest } = database.postgres;
  return {
    postgres: {
      ...rest,
      ...(password_file !== undefined && { password_file: resolve(base, password_file) }),
      ...(ca !== undefined && { ca: resolve(base, ca) }),
    },
  };
}
