/** Deeper chains say nothing to a person. */
const DEEPEST = 6;

/** What an error says and why, outermost first, in one line: `fetch failed: connect ECONNREFUSED 127.0.0.1:8080`. */
export function causesOf(error: unknown): string {
  const said: string[] = [];
  let link: unknown = error;
  for (let depth = 0; depth < DEEPEST && link !== undefined && link !== null; depth++) {
    const text = oneLine(wordsOf(link));
    // A wrapper often repeats what it wraps.
    if (text !== '' && !said.some((before) => before.includes(text))) said.push(text);
    link = causeOf(link);
  }
  return said.join(': ');
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : '';
}

function causeOf(error: unknown): unknown {
  // A name with several addresses fails once for each: the first says as much as all.
  if (error instanceof AggregateError && error.cause === undefined) return error.errors[0];
  return error instanceof Error ? error.cause : undefined;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, '; ').trim();
}
