import { resolve } from 'node:path';
import { AreaCode } from '../../firmware-protocol/content/area.ts';
import { openKeyCounter } from '../../server/app/keys.ts';
import type { Rotation } from '../../server/keys/rotation.ts';
import { refuseEmptyFolder, serverConfigAt } from './server-config.ts';
import { serverFailure } from './server-failure.ts';
import { refuseConfig } from './written-document.ts';

interface Options {
  config?: string;
  root?: string;
}

/** New keys for a server, on its own machine; it may run. */
export function rotated(
  areas: string[] | undefined,
  options: Options,
): Promise<Rotation & { outside: number }> {
  refuseConfig('--area', AreaCode.array().optional(), areas);
  return atCounter(options, ({ rotate }) => rotate(areas));
}

export function revoked(id: string, options: Options): Promise<Rotation> {
  return atCounter(options, ({ revoke }) => revoke(id));
}

type Counter = Awaited<ReturnType<typeof openKeyCounter>>;

async function atCounter<T>({ config, root }: Options, work: (counter: Counter) => Promise<T>): Promise<T> {
  try {
    const found = await serverConfigAt(config);
    await refuseEmptyFolder(found);
    const counter = await openKeyCounter(found, root && resolve(root));
    return await work(counter).finally(counter.close);
  } catch (error) {
    throw serverFailure(error);
  }
}
