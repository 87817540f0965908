// Preloaded into promptfoo's viewer: it listens on loopback alone, and reports nothing to anybody.
import net from 'node:net';

const LOOPBACK = '127.0.0.1';
const TELEMETRY_INSTANCE = Symbol.for('promptfoo.telemetry.instance');

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function listenOnLoopback(this: net.Server, ...args: unknown[]): net.Server {
  const [port, ...rest] = args;
  const callback = rest.find((argument) => typeof argument === 'function');
  const where =
    typeof port === 'object' && port !== null
      ? { ...port, host: LOOPBACK }
      : { port: Number(port), host: LOOPBACK };
  return Reflect.apply(listen, this, callback === undefined ? [where] : [where, callback]);
} as typeof listen;

let telemetry: { sendEvent: () => void } | undefined;
Object.defineProperty(process, TELEMETRY_INSTANCE, {
  configurable: true,
  get: () => telemetry,
  set: (instance: { sendEvent: () => void }) => {
    instance.sendEvent = () => {};
    telemetry = instance;
  },
});
