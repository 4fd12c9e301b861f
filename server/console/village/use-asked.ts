import { useCallback, useEffect, useState } from 'react';
import type { AnswerTo, RequestName, RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { Unreachable } from '../wire/failure.ts';
import { askByHttp } from '../wire/http.ts';

interface Asked<N extends RequestName> {
  data: AnswerTo<N> | undefined;
  error: unknown;
  isOffline: boolean;
  again: () => void;
}

/** A question that is asked again from time to time while the page is looked at; the last answer stays when the line is gone. */
export function useAsked<N extends RequestName>(what: N, request: RequestOf<N>, everyMs: number): Asked<N> {
  const [data, setData] = useState<AnswerTo<N>>();
  const [error, setError] = useState<unknown>();
  const text = JSON.stringify(request);
  const ask = useCallback(
    () =>
      askByHttp(what, JSON.parse(text)).then(
        (answer) => {
          setData(answer);
          setError(undefined);
        },
        (failed: unknown) => setError(failed),
      ),
    [what, text],
  );
  useEffect(() => {
    void ask();
    const timer = setInterval(() => document.visibilityState === 'visible' && void ask(), everyMs);
    return () => clearInterval(timer);
  }, [ask, everyMs]);
  return { data, error, isOffline: error instanceof Unreachable, again: () => void ask() };
}
