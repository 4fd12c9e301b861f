import { busSuite } from '../../contract/ports/bus-suite.ts';
import { benchOver } from './bench.ts';
import { startMosquitto } from './mosquitto.ts';

busSuite('MQTT over Mosquitto', async () => {
  const broker = await startMosquitto();
  return benchOver(broker.port, () => broker.stop());
});
