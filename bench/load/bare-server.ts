/**
 * What the framework alone does: one POST route of the same kind of app, the same body class
 * checked by the same pipe after the same JSON parser, and a small answer. Decorators are applied
 * by hand, for Node strips types but not decorators.
 */
import 'reflect-metadata';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { limits } from '../../src/limits.ts';
import { answerParent } from './counting.ts';

type Bodies = typeof import('../../src/stockpile/bodies.dto.ts');
type ValidationPipe = typeof import('../../src/http/validation.ts');
type JsonBody = typeof import('../../src/http/json-body.ts');

const dist = new URL('../../dist/', import.meta.url);
const built = (path: string): Promise<unknown> => import(new URL(path, dist).href);
const { InventoryDto } = (await built('stockpile/bodies.dto.js')) as Bodies;
const { Validation } = (await built('http/validation.js')) as ValidationPipe;
const { readJsonBodies } = (await built('http/json-body.js')) as JsonBody;

class BareController {
  take(_body: unknown) {
    return { recorded: true };
  }
}
const route = [BareController.prototype, 'take'] as const;
Reflect.defineMetadata('design:paramtypes', [InventoryDto], ...route);
Body()(...route, 0);
const method = Object.getOwnPropertyDescriptor(...route) ?? {};
Post('inventories')(...route, method);
Controller('v1/states/:state')(BareController);

class BareModule {}
Module({ controllers: [BareController] })(BareModule);

const adapter = new FastifyAdapter({
  bodyLimit: limits.bodyBytesMax,
  routerOptions: { maxParamLength: 200 },
  forceCloseConnections: 'idle',
});
const app = await NestFactory.create<NestFastifyApplication>(BareModule, adapter, {
  logger: false,
  bodyParser: false,
});
readJsonBodies(adapter.getInstance());
app.useGlobalPipes(new Validation());
await app.listen(0, '127.0.0.1');
const { port } = app.getHttpServer().address() as { port: number };
answerParent(
  port,
  () => Promise.resolve({ commits: 0, commitMs: 0, events: 0 }),
  () => app.close(),
);
