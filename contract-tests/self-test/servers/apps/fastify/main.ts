import { createHash, randomUUID } from "node:crypto";
import multipart from "@fastify/multipart";
import swagger from "@fastify/swagger";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import Fastify, { type FastifyReply } from "fastify";
import { accessToken, planted, port } from "../planted.js";
import * as schemas from "./schemas.js";

/** Meeting rooms and their bookings, as teams write it with Fastify and JSON schemas on the routes. */

interface Room {
  id: string;
  name: string;
  kind: "meeting" | "focus" | "event";
  seats: number;
  equipment: string[];
  notes?: string;
  createdAt: string;
  updatedAt: string;
}
interface Booking {
  id: string;
  roomId: string;
  title: string;
  startsAt: string;
  endsAt: string;
}
type RoomBody = Omit<Room, "id" | "createdAt" | "updatedAt">;

const rooms = new Map<string, Room>();
const bookings = new Map<string, Booking>();
const now = () => {
  const text = new Date().toISOString();
  return planted("zone-missing") ? text.slice(0, -1) : text;
};

function addRoom(body: RoomBody): Room {
  const room = { ...body, id: randomUUID(), createdAt: now(), updatedAt: now() };
  if (!planted("create-not-stored")) rooms.set(room.id, room);
  return room;
}
for (const [index, kind] of (["meeting", "focus", "event", "meeting", "focus", "meeting"] as const).entries())
  addRoom({ name: `Room ${index + 1}`, kind, seats: 4 + index, equipment: [] });

const etagOf = (room: Room) => `"${createHash("sha1").update(JSON.stringify(room)).digest("hex")}"`;
const problem = (reply: FastifyReply, status: number, message: string) =>
  reply.code(status).send({ statusCode: status, error: status === 404 ? "Not Found" : "Error", message });

const app = Fastify();
await app.register(swagger, {
  openapi: {
    openapi: "3.1.0",
    info: { title: "Rooms", version: "2.1.0" },
    components: { securitySchemes: { apiKey: { type: "apiKey", in: "header", name: "x-api-key" } } },
    security: [{ apiKey: [] }],
  },
  refResolver: { buildLocalReference: (json) => String(json["$id"]) },
});
await app.register(multipart);
for (const schema of schemas.shared) app.addSchema(schema);

/** What stands in a URL is text and has to be read as a number; what stands in JSON has its type already. */
const [text, json] = [true, false].map((coerceTypes) => {
  const ajv = new Ajv({ coerceTypes, useDefaults: true, schemas: schemas.shared });
  formats.default(ajv);
  return ajv;
});
app.setValidatorCompiler(({ schema, httpPart }) => {
  const validate = (httpPart === "body" ? json : text)?.compile(schema as object);
  if (!validate) throw new Error("no validator");
  return validate;
});

app.addHook("onRequest", async (request, reply) => {
  const { url } = request.routeOptions;
  if (url === undefined || url === "/health" || url === "/openapi.json") return;
  const key = request.headers["x-api-key"];
  if (key === undefined) return problem(reply, 401, "x-api-key is missing");
  if (key !== accessToken && !planted("any-key-accepted")) return problem(reply, 401, "x-api-key is wrong");
});

app.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());

app.get("/health", { schema: schemas.health }, () => ({
  status: planted("status-unlisted") ? "up" : "ok",
  startedAt: new Date().toISOString(),
}));

app.get<{ Querystring: { page: number; pageSize: number; kind?: Room["kind"] } }>(
  "/rooms",
  { schema: schemas.listRooms },
  (request, reply) => {
    const { page, pageSize } = request.query;
    let found = [...rooms.values()];
    if (request.query.kind && !planted("filter-ignored"))
      found = found.filter(({ kind }) => kind === request.query.kind);
    if (planted("list-omits-new")) found = found.slice(0, 6);
    const from = planted("pages-overlap") ? Math.max(0, (page - 1) * pageSize - 1) : (page - 1) * pageSize;
    const rows = planted("page-size-ignored") ? found : found.slice(from, from + pageSize);
    reply.header("x-total-count", planted("total-is-page-length") ? rows.length : found.length);
    return rows;
  },
);

app.post<{ Body: RoomBody }>("/rooms", { schema: schemas.createRoom }, (request, reply) => {
  const room = addRoom(request.body);
  const answered = planted("create-answers-other-id") ? { ...room, id: randomUUID() } : room;
  return reply
    .code(planted("create-answers-200") ? 200 : 201)
    .header("location", `/rooms/${answered.id}`)
    .send(answered);
});

app.get<{ Params: { roomId: string } }>("/rooms/:roomId", { schema: schemas.readRoom }, (request, reply) => {
  const room = rooms.get(request.params.roomId);
  if (!room) return problem(reply, 404, "no such room");
  reply.header("etag", etagOf(room));
  if (planted("read-counts-up")) room.seats += 1;
  if (planted("read-drops-equipment")) return { ...room, equipment: [] };
  return room;
});

app.put<{ Params: { roomId: string }; Body: RoomBody }>(
  "/rooms/:roomId",
  { schema: schemas.replaceRoom },
  (request, reply) => {
    const old = rooms.get(request.params.roomId);
    if (!old) return problem(reply, 404, "no such room");
    const { id, createdAt } = old;
    const room = { ...request.body, id, createdAt, updatedAt: now() };
    if (planted("put-merges") && room.notes === undefined && old.notes !== undefined) room.notes = old.notes;
    if (planted("put-appends-equipment")) room.equipment = [...old.equipment, ...room.equipment];
    if (!planted("put-lost")) rooms.set(id, room);
    return planted("put-answers-old") ? old : room;
  },
);

app.delete<{ Params: { roomId: string } }>(
  "/rooms/:roomId",
  { schema: schemas.deleteRoom },
  (request, reply) => {
    const { roomId } = request.params;
    if (!rooms.has(roomId)) return problem(reply, 404, "no such room");
    if (!planted("delete-keeps")) rooms.delete(roomId);
    for (const [id, booking] of bookings) if (booking.roomId === roomId) bookings.delete(id);
    return reply.code(204).send();
  },
);

app.post<{ Params: { roomId: string }; Body: Omit<Booking, "id" | "roomId"> }>(
  "/rooms/:roomId/bookings",
  { schema: schemas.createBooking },
  (request, reply) => {
    const { roomId } = request.params;
    if (!rooms.has(roomId)) return problem(reply, 404, "no such room");
    const booking: Booking = { ...request.body, id: randomUUID(), roomId };
    if (planted("booking-dates-swapped"))
      [booking.startsAt, booking.endsAt] = [booking.endsAt, booking.startsAt];
    bookings.set(booking.id, booking);
    return reply.code(201).send(booking);
  },
);

app.get<{ Params: { roomId: string } }>(
  "/rooms/:roomId/bookings",
  { schema: schemas.listBookings },
  (request, reply) => {
    const { roomId } = request.params;
    if (!rooms.has(roomId)) return problem(reply, 404, "no such room");
    const found = [...bookings.values()].filter((booking) => booking.roomId === roomId);
    return planted("bookings-empty") ? [] : found;
  },
);

app.delete<{ Params: { bookingId: string } }>(
  "/bookings/:bookingId",
  { schema: schemas.deleteBooking },
  (request, reply) => {
    if (!bookings.delete(request.params.bookingId)) return problem(reply, 404, "no such booking");
    return reply.code(204).send();
  },
);

app.post<{ Params: { roomId: string } }>(
  "/rooms/:roomId/photo",
  { schema: schemas.uploadPhoto, validatorCompiler: () => () => true },
  async (request, reply) => {
    if (!rooms.has(request.params.roomId)) return problem(reply, 404, "no such room");
    const file = request.isMultipart() ? await request.file() : undefined;
    if (!file) return problem(reply, 400, "a file is missing");
    const content = await file.toBuffer();
    return reply.code(201).send({
      filename: file.filename,
      // Fastify's serializer makes a number of a text, and fails where something required is missing.
      ...(planted("photo-without-size") ? {} : { bytes: content.length }),
    });
  },
);

await app.listen({ host: "127.0.0.1", port });
