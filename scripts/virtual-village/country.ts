import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OUTPUTS, type Output } from '../../firmware-protocol/content/band.ts';
import { type RunningServer, serve } from '../../server/app.ts';
import { configFrom } from '../../server/config.ts';
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

/** A server on loopback and its village halls, enrolled as real ones are; the first administrator is logged on. */
export class Country {
  readonly server: RunningServer;
  readonly operator: OperatorClient;
  readonly profile: Profile;
  readonly profilePath: string;
  readonly halls: Hall[];

  private constructor(parts: Pick<Country, 'server' | 'operator' | 'profile' | 'profilePath' | 'halls'>) {
    this.server = parts.server;
    this.operator = parts.operator;
    this.profile = parts.profile;
    this.profilePath = parts.profilePath;
    this.halls = parts.halls;
  }

  /** Server up, administrator logged on, halls enrolled and built; the agents do not run yet. */
  static async found(options: CountryOptions): Promise<Country> {
    await mkdir(options.folder, { recursive: true });
    const written = {
      data: 'server',
      broker: { kind: 'embedded', port: 0 },
      http: { port: 0 },
      log: 'silent',
      ...options.server,
    };
    const server = await serve({ config: configFrom(written, options.folder) });
    const profile = await firstAdministrator(server);
    const profilePath = join(options.folder, 'operator.json');
    await saveProfile(profile, profilePath);
    const operator = await OperatorClient.connect(profile);
    const halls: Hall[] = [];
    for (const plan of options.halls) {
      const { device, village, name } = plan;
      const { code } = await operator.ask('enrol', { device, village, name });
      const hall = { folder: join(options.folder, device), server: server.httpUrl, code };
      halls.push(await Hall.build(plan, { ...hall, config: options.device ?? {}, env: options.env ?? {} }));
    }
    return new Country({ server, operator, profile, profilePath, halls });
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
      if (performance.now() > until)
        throw new Failed(`only ${ready.length} of ${this.halls.length} halls came up; see their device.log`);
      await wait(READY_POLL_MS);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.halls.map((hall) => hall.stop()));
    await this.operator.close();
    await this.server.stop();
  }
}

async function firstAdministrator(server: RunningServer): Promise<Profile> {
  if (server.firstLogin === undefined) throw new Failed('this server has its administrator already');
  const { user, code } = server.firstLogin;
  const password = randomBytes(18).toString('base64url');
  await firstLogin(server.httpUrl, { user, code, password });
  return { server: server.httpUrl, broker: server.brokerUrl, user, password };
}
