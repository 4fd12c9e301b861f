import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import { ServerError, type ServerErrorCode } from '../errors.ts';

/** An operating error of the server, said of one place of the input: an area that does not exist, at `to[3]`. */
export function domainFault(
  path: string,
  code: ServerErrorCode,
  context: Record<string, string | number> = {},
): Fault {
  const { en, th } = new ServerError(code, { context }).failure();
  return { path, code, en, th };
}
