import { type DestinationStream, pino } from 'pino';
import type { Log } from '../ports.ts';

export interface LogOptions {
  level: 'info' | 'warn' | 'error' | 'silent';
  /** Bound to every line: the device, so that several in one process can be told apart. */
  bindings?: Record<string, string>;
  /** Where lines go; absent = stderr, so that stdout stays free for answers. */
  destination?: DestinationStream;
  /** Called with each line that is written, secrets already taken out. */
  alsoTo?: (line: string) => void;
}

/** Members that no line may show, at the first two levels of the facts. */
const SECRETS = ['password', 'seed', 'secret', '*.password', '*.seed', '*.secret'];

/** One JSON object a line. */
export function pinoLog({ level, bindings = {}, destination, alsoTo }: LogOptions): Log {
  const stream = destination ?? pino.destination(2);
  const logger = pino(
    {
      level,
      base: bindings,
      redact: SECRETS,
      serializers: { error: pino.stdSerializers.err },
    },
    alsoTo === undefined ? stream : tee(stream, alsoTo),
  );
  return {
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
    error: (facts, message) => logger.error(facts, message),
  };
}

function tee(stream: DestinationStream, alsoTo: (line: string) => void): DestinationStream {
  return {
    write(line) {
      stream.write(line);
      alsoTo(line);
    },
  };
}
