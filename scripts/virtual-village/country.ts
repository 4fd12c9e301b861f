import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OUTPUTS, type Output } from '../../firmware-protocol/content/band.ts';
import { type RunningServer, serve } from '../../server/app.ts';
import { configFrom, type ServerConfig } from '../../server/config.ts';
import { Failed } from '../cli.ts';
import { OperatorClient } from '../operator/client.ts';
import { firstLogin } from '../operator/first-login.ts';
import { type Profile, saveProfile } from '../operator/profile.ts';
import { Hall, type HallPlan } from './hall.ts';

const READY_POLL_MS = 100;
/** Three agents that start at once on a slow machine, each with a first picture to draw. */
const READY_TIMEOUT_MS = 60_000;

export interface CountryOptions {
  folder: string;
  halls: HallPlan[];
  /** More members of the server's configuration. */
  server?: Record<string, unknown>;
  /** More members of every agent's configuration. */
  device?: Record<string, unknown>;
  /** More of every agent's environment. */
  env?: Record<string, string>;
}

interface Parts {
  server: RunningServer;
  operator: OperatorClient;
  profile: Profile;
  halls: Hall[];
}

/** A server on loopback and its village halls, enrolled as real ones are; the first administrator is logged on. */
export class Country {
  readonly folder: string;
  readonly profile: Profile;
  readonly profilePath: string;
  readonly halls: Hall[];
  readonly #config: ServerConfig;
  #server: RunningServer;
  #operator: OperatorClient;

  private constructor(options: CountryOptions, config: ServerConfig, parts: Parts) {
    this.folder = options.folder;
    this.profilePath = join(options.folder, 'operator.json');
    this.#config = config;
    this.#server = parts.server;
    this.#operator = parts.operator;
    this.profile = parts.profile;
    this.halls = parts.halls;
  }

  get server(): RunningServer {
    return this.#server;
  }

  get operator(): OperatorClient {
    return this.#operator;
  }

  /** Server up, administrator logged on, halls enrolled and built; the agents do not run yet. */
  static async found(options: CountryOptions): Promise<Country> {
    await mkdir(options.folder, { recursive: true });
    const written = {
      data: 'server',
      broker: { kind: 'embedded', port: 0 },
      http: { port: 0 },
      // One person tries it out, by day and by night.
      approvals: { alone: ['th'], step_up: false },
      log: 'silent',
      ...options.server,
    };
    const config = configFrom(written, options.folder);
    const server = await serve({ config });
    try {
      const profile = await firstAdministrator(server);
      await saveProfile(profile, join(options.folder, 'operator.json'));
      const operator = await OperatorClient.connect(profile);
      const halls = await buildHalls(options, server, operator);
      return new Country(options, config, { server, operator, profile, halls });
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Switches every hall on; resolves when all are listening with their outputs at work. */
  async wake(outputs: readonly Output[] = OUTPUTS): Promise<void> {
    for (const hall of this.halls) hall.start();
    const until = performance.now() + READY_TIMEOUT_MS;
    for (;;) {
      const { devices } = await this.operator.ask('devices', {});
      const ready = devices.filter(
        ({ presence, state }) =>
          presence?.state === 'online' && outputs.every((output) => state?.outputs[output]?.works === true),
      );
      if (ready.length === this.halls.length) return;
      const fallen = this.halls.find((hall) => hall.hasFallen);
      if (fallen !== undefined || performance.now() > until)
        throw new Failed(notUp(ready.length, fallen === undefined ? this.halls : [fallen]));
      await wait(READY_POLL_MS);
    }
  }

  /** The province is gone: no broker, no media, no database; the halls run on. */
  async stopServer(): Promise<void> {
    await this.#operator.close();
    await this.#server.stop();
  }

  /** The same server on the same data and the same ports, as after a power cut. */
  async startServer(): Promise<void> {
    const { broker, http } = this.#config;
    const config = {
      ...this.#config,
      http: { ...http, port: portOf(this.#server.httpUrl) },
      broker: broker.kind === 'embedded' ? { ...broker, port: portOf(this.#server.brokerUrl) } : broker,
    };
    this.#server = await serve({ config });
    this.#operator = await OperatorClient.connect(this.profile);
  }

  async close(): Promise<void> {
    await Promise.all(this.halls.map((hall) => hall.stop()));
    await this.stopServer();
  }
}

async function buildHalls(
  { folder, halls, device = {}, env = {} }: CountryOptions,
  server: RunningServer,
  operator: OperatorClient,
): Promise<Hall[]> {
  const built: Hall[] = [];
  for (const plan of halls) {
    const { code } = await operator.ask('enrol', {
      device: plan.device,
      village: plan.village,
      name: plan.name,
    });
    const own = { folder: join(folder, plan.device), server: server.httpUrl, code };
    built.push(
      await Hall.build(plan, { ...own, config: { ...device, ...plan.config }, env: { ...env, ...plan.env } }),
    );
  }
  return built;
}

function notUp(ready: number, missing: Hall[]): { en: string; th: string } {
  const logs = missing.map(({ logPath }) => logPath).join(', ');
  return { en: `only ${ready} halls came up; see ${logs}`, th: `หอที่พร้อมทำงานมีเพียง ${ready} แห่ง ดู ${logs}` };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

export async function firstAdministrator(server: RunningServer): Promise<Profile> {
  if (server.firstLogin === undefined) throw new Failed('this server has its administrator already');
  const { user, code } = server.firstLogin;
  const password = randomBytes(18).toString('base64url');
  await firstLogin(server.httpUrl, { user, code, password });
  return { server: server.httpUrl, broker: server.brokerUrl, user, password };
}
