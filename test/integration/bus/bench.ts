import { type AddressInfo, createServer } from 'node:net';
import { MqttBus } from '../../../device/drivers/mqtt-bus.ts';
import type { BusBench } from '../../contract/ports/bus-suite.ts';
import { TcpProxy } from './tcp-proxy.ts';

export const PASSWORDS: Record<string, string> = { 'hall-1': 'one-password', 'hall-2': 'two-password' };
const KEEPALIVE_SECONDS = 1;

/** Buses over a line of our own to the broker on `port`. */
export async function benchOver(port: number, stopBroker: () => Promise<void>): Promise<BusBench> {
  const proxy = new TcpProxy(port);
  const near = await proxy.start();
  const nobody = await freePort();
  const bus = (toPort: number, device: string, password = PASSWORDS[device] ?? '') =>
    new MqttBus({
      url: `mqtt://127.0.0.1:${toPort}`,
      device,
      password,
      times: { keepaliveSeconds: KEEPALIVE_SECONDS },
    });
  return {
    bus: (device, password) => bus(near, device, password),
    nowhere: () => bus(nobody, 'hall-1'),
    reset: () => proxy.reset(),
    freeze: () => proxy.freeze(),
    keepalive_ms: KEEPALIVE_SECONDS * 1_000,
    async end() {
      await proxy.stop();
      await stopBroker();
    },
  };
}

/** A port on loopback where nobody listens now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
