import { openMqtt } from '../operator/mqtt-connection.ts';

/**
 * The least that an agent can be: Node with an MQTT client that is logged on, subscribed, and has said so.
 * `floor-client URL USER PASSWORD TOPIC`; prints a line when it is there, and stays.
 */
const [, , url = '', username = '', password = '', topic = ''] = process.argv;
const client = await openMqtt(url, {
  username,
  password,
  clientId: username,
  clean: false,
  writeCache: false,
});
await client.subscribeAsync(topic, { qos: 1 });
process.stdout.write('up\n');
