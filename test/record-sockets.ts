// Preloaded into a child process: notes every socket it opens and every name it looks up.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const log = process.env.SOCKET_LOG;
if (log === undefined) throw new Error('SOCKET_LOG names no file');

function note(what: string, detail: unknown): void {
  appendFileSync(log ?? '', `${what} ${JSON.stringify(detail)}\n`);
}

function watch(target: object, name: string): void {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') return;
  Reflect.set(target, name, function watched(this: unknown, ...args: unknown[]) {
    note(name, typeof args[0] === 'object' ? Object.keys(args[0] ?? {}) : args[0]);
    return Reflect.apply(original, this, args);
  });
}

watch(net.Socket.prototype, 'connect');
watch(net.Server.prototype, 'listen');
watch(dgram.Socket.prototype, 'send');
watch(dgram.Socket.prototype, 'connect');
for (const [name, member] of Object.entries(dns)) if (typeof member === 'function') watch(dns, name);
for (const name of Object.keys(dns.promises)) watch(dns.promises, name);
note('recording', process.pid);
