import { SERVER_ERRORS, ServerError, type ServerErrorCode } from '../../errors.ts';

interface Meaning {
  code: ServerErrorCode;
  context?: Record<string, string | number>;
}

/** A request as the framework gives it. */
interface Refused {
  headers: { 'content-length'?: string | undefined };
  routeOptions: { bodyLimit: number };
}

/** What fastify and its plugins find wrong with a request before we see it, by their codes. */
const FRAMEWORK_ERRORS: Record<string, Meaning> = {
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'upload-cut' },
  FST_ERR_CTP_EMPTY_TYPE: { code: 'request-invalid' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'request-invalid' },
  FST_INVALID_MULTIPART_CONTENT_TYPE: { code: 'upload-missing' },
  FST_FILES_LIMIT: { code: 'upload-missing' },
  FST_ERR_BAD_URL: { code: 'address-broken' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'unknown-page' },
  ECONNRESET: { code: 'upload-cut' },
};

/** An error of the framework in the server's words; undefined = not one that a client can cause. */
export function fromFramework(error: unknown, request: Refused): ServerError | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge(request, error);
  const meaning = FRAMEWORK_ERRORS[String(error.code)];
  return meaning && new ServerError(meaning.code, { context: meaning.context ?? {}, cause: error });
}

function tooLarge({ headers, routeOptions }: Refused, cause: Error): ServerError {
  const limit = routeOptions.bodyLimit;
  return new ServerError('request-too-large', {
    context: { bytes: headers['content-length'] ?? `> ${limit}`, limit },
    cause,
  });
}

/** The HTTP status of a code in an answer. */
export function statusOf(code: string): number {
  return Object.entries(SERVER_ERRORS).find(([name]) => name === code)?.[1].status ?? 500;
}
