import pino from 'pino';
import type { Log } from '../ports.ts';

/** Where an error stands among the facts of a line; without a serializer it would be written as `{}`. */
const serializers = { error: pino.stdSerializers.err, why: pino.stdSerializers.err };

/** One JSON line per event, on stderr unless another place is named: stdout belongs to the answers of commands. */
export function jsonLog(level: string, to: pino.DestinationStream = pino.destination(2)): Log {
  return pino({ level, base: null, serializers, timestamp: pino.stdTimeFunctions.isoTime }, to);
}
