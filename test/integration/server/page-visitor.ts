import { randomUUID } from 'node:crypto';
import type { IClientOptions } from 'mqtt';
import { expect, vi } from 'vitest';
import type { Role } from '../../../server/ports.ts';
import { Guest } from '../broker/mqtt-guest.ts';
import type { Town } from './town.ts';

const passwordOf = (user: string) => `${user} ประกาศทุกเช้า`;

/** Somebody with an account and a browser. */
export interface Person {
  user: string;
  password: string;
}

/** A new account of the town that has chosen its password. */
export async function settle(town: Town, user: string, roles: Role[], areas: string[]): Promise<Person> {
  const added = await town.ask('people', { change: 'add', user, roles, areas });
  const password = passwordOf(user);
  await post(town, '/first-login', { user, code: 'code' in added ? added.code : '', password });
  return { user, password };
}

/** The cookie that a browser has after the log-on. */
export async function logOn(town: Town, { user, password }: Person): Promise<string> {
  const response = await post(town, '/session', { user, password });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

export async function logOff(town: Town, cookie: string): Promise<void> {
  const { httpUrl } = town.server;
  const headers = { cookie, origin: httpUrl };
  expect((await fetch(`${httpUrl}/session`, { method: 'DELETE', headers })).status).toBe(204);
}

async function post(town: Town, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(town.server.httpUrl + path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(response.ok).toBe(true);
  return response;
}

export interface Handshake {
  cookie?: string | undefined;
  /** The page's own unless it is said. */
  origin?: string | undefined;
  username?: string;
  password?: string;
}

/** MQTT over WebSocket, as a page begins it. */
export function openPage(town: Town, handshake: Handshake, more: IClientOptions = {}): Promise<Guest> {
  const { httpUrl } = town.server;
  const { cookie, origin = httpUrl, username, password } = handshake;
  const headers = { ...(cookie && { cookie }), ...(origin !== '' && { origin }) };
  return Guest.enter(`${httpUrl.replace('http', 'ws')}/mqtt`, {
    clientId: `page-${randomUUID().slice(0, 8)}`,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    wsOptions: { headers },
    ...more,
  });
}

/** Resolves when the line is gone. */
export async function cutOff(page: Guest): Promise<void> {
  await vi.waitFor(() => expect(page.closed).toBe(true), { timeout: 5_000 });
}
