import { ConsoleLogger } from '@nestjs/common';

/** What the framework says of itself at every start, and nobody reads. */
const chatter = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** What is thrown on to whoever starts the service, and said there in its own words. */
const thrownOn = new Set(['ExceptionHandler', 'NestApplication']);

/** One line for each event, on standard output; colours only for a terminal. */
export class ServiceLogger extends ConsoleLogger {
  constructor() {
    super({ prefix: 'stockpile', timestamp: false, colors: process.stdout.isTTY === true });
  }

  override log(message: unknown, ...more: unknown[]): void {
    const context = more.at(-1);
    if (typeof context === 'string' && chatter.has(context)) return;
    if (context === 'NestApplication') return;
    super.log(message, ...more);
  }

  override error(message: unknown, ...more: unknown[]): void {
    const context = more.at(-1);
    if (typeof context === 'string' && thrownOn.has(context)) return;
    super.error(message, ...more);
  }
}
