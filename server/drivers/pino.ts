import pino from 'pino';
import type { Log } from '../ports.ts';

/** One JSON line per event on stderr: stdout belongs to the answers of commands. */
export function jsonLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
