import { request } from 'node:http';
import { causesOf } from '../../../cli/causes.ts';
import { type Finding, found, plain } from '../finding.ts';

/** Portals answer at once: they stand in the next room. */
const ANSWER_MS = 6_000;
/** Where every portal listens, and where ours need not. */
const HTTP_PORT = 80;
/** Network Authentication Required (RFC 6585, 6). */
const LOG_ON_FIRST = 511;

/**
 * Whether this network wants a log-on first: asks for the first page of the server without TLS, which is what portals lie in wait for, and
 * looks whether we are sent to another host. A line that fails behind a portal fails at any step, mostly at the port.
 */
export async function lookAtPortal(host: string, port = HTTP_PORT): Promise<Finding> {
  try {
    const { status, location } = await ask(host, port);
    const to = location === undefined ? undefined : new URL(location, `http://${host}`);
    const isElsewhere = to !== undefined && to.hostname !== host;
    const figure = plain(`HTTP ${status}${to === undefined ? '' : ` → ${to.host}`}`);
    if (status !== LOG_ON_FIRST && !isElsewhere) return found('portal', 'ok', { figure });
    return found('portal', 'fail', {
      figure,
      cause: {
        en: 'this network wants a log-on first (captive portal): nothing else gets through',
        th: 'เครือข่ายนี้ต้องลงชื่อเข้าใช้ก่อน จึงยังออกไปไหนไม่ได้',
      },
      remedy: {
        en: 'have who runs the network let this box through by its MAC address, or use another network',
        th: 'ให้ผู้ดูแลเครือข่ายอนุญาตกล่องนี้ด้วยเลข MAC หรือใช้เครือข่ายอื่น',
      },
    });
  } catch (error) {
    // Nobody there is what most provinces have at port 80; it says nothing about the network.
    return found('portal', 'not-known', { figure: plain(causesOf(error)) });
  }
}

function ask(host: string, port: number): Promise<{ status: number; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host, port, path: '/', method: 'GET', timeout: ANSWER_MS }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, location: response.headers.location });
      asked.destroy();
    });
    asked.once('timeout', () => asked.destroy(new Error(`no answer within ${ANSWER_MS / 1_000} s`)));
    asked.once('error', reject).end();
  });
}
