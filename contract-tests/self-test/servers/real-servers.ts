import { express } from "./catalogue/express.ts";
import { fastapi } from "./catalogue/fastapi.ts";
import { fastify } from "./catalogue/fastify.ts";
import { hono } from "./catalogue/hono.ts";
import { nestjs } from "./catalogue/nestjs.ts";
import type { RealServer } from "./real-server.ts";

export const realServers: readonly RealServer[] = [fastapi, fastify, nestjs, hono, express];
