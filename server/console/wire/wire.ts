import type { AnswerTo, RequestName, RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { ExchangeLog } from './exchanges.ts';
import { Unreachable } from './failure.ts';
import { askByHttp } from './http.ts';
import type { LiveLine } from './live.ts';

/** How rooms speak with the server. */
export interface Wire {
  /** A question: by HTTP, which the browser compresses and can abandon. */
  ask<N extends RequestName>(what: N, request: RequestOf<N>, signal?: AbortSignal): Promise<AnswerTo<N>>;
  /** What changes something: over the operator's MQTT session; by HTTP while there is none. */
  tell<N extends RequestName>(what: N, request: RequestOf<N>): Promise<AnswerTo<N>>;
  live: LiveLine;
  /** What was asked so far, and what became of it. */
  exchanges: ExchangeLog;
}

export function wireOver(live: LiveLine): Wire {
  const exchanges = new ExchangeLog();
  const ask: Wire['ask'] = (what, request, signal) =>
    exchanges.noted(what, 'http', () => askByHttp(what, request, signal));
  return {
    ask,
    tell(what, request) {
      // Chosen before it is sent: an order that got no answer may be on its way, and is not sent a second time.
      return live.state === 'up'
        ? exchanges.noted(what, 'mqtt', () => live.ask(what, request))
        : ask(what, request);
    },
    live,
    exchanges,
  };
}

/** Whether asking again may help by itself. A refusal stays one. */
export const mayRetry = (error: unknown): boolean => error instanceof Unreachable;
