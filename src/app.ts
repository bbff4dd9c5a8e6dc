import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule, type Overrides } from './app.module.ts';
import { beforeRouting } from './http/before-routing.ts';
import { readJsonBodies } from './http/json-body.ts';
import { rememberRoutes } from './http/known-routes.ts';
import { serveDocs } from './http/openapi.ts';
import { limits } from './limits.ts';
import { ServiceLogger } from './logger.ts';
import type { Settings } from './settings.ts';

/** Makes the service, ready to listen. @throws StoreRefused when the store can't be opened */
export async function createApp(
  settings: Settings,
  overrides: Overrides = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: limits.bodyBytesMax,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    ...beforeRouting,
  });
  rememberRoutes(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(settings, overrides),
    adapter,
    { logger: overrides.logger ?? new ServiceLogger(), bodyParser: false, abortOnError: false },
  );
  readJsonBodies(adapter.getInstance());
  serveDocs(app);
  app.enableShutdownHooks();
  return app;
}
