import { SESSION_COOKIE } from '../../../firmware-protocol/http/session.ts';

const COOKIE = new RegExp(`(?:^|;)\\s*${SESSION_COOKIE}=([\\w-]{43})\\s*(?:;|$)`);

/** 32 bytes as base64url in a `Cookie` header; undefined = there is none, or it cannot be one of ours. */
export function sessionCookieIn(header: string | undefined): string | undefined {
  return COOKIE.exec(header ?? '')?.[1];
}

/** Never sent to another site's request, never read by a script, and over TLS never sent without it. */
export function sessionCookie({ protocol }: { protocol: string }, value: string, seconds: number): string {
  const secure = protocol === 'https' ? '; Secure' : '';
  return `${SESSION_COOKIE}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
}
