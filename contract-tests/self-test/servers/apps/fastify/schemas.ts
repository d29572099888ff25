/** The JSON schemas that stand on the routes, from which @fastify/swagger makes the document. */

const timestamp = { type: "string", format: "date-time" };
const roomFields = {
  name: { type: "string", minLength: 1, maxLength: 80 },
  kind: { type: "string", enum: ["meeting", "focus", "event"] },
  seats: { type: "integer", minimum: 1, maximum: 500 },
  equipment: { type: "array", items: { type: "string", minLength: 1, maxLength: 40 }, maxItems: 20 },
  notes: { type: "string", maxLength: 500 },
};

export const shared = [
  {
    $id: "RoomBody",
    type: "object",
    additionalProperties: false,
    required: ["name", "kind", "seats", "equipment"],
    properties: roomFields,
  },
  {
    $id: "Room",
    type: "object",
    required: ["id", "name", "kind", "seats", "equipment", "createdAt", "updatedAt"],
    properties: {
      id: { type: "string", format: "uuid" },
      ...roomFields,
      createdAt: timestamp,
      updatedAt: timestamp,
    },
  },
  {
    $id: "BookingBody",
    type: "object",
    additionalProperties: false,
    required: ["title", "startsAt", "endsAt"],
    properties: {
      title: { type: "string", minLength: 1, maxLength: 120 },
      startsAt: timestamp,
      endsAt: timestamp,
    },
  },
  {
    $id: "Booking",
    type: "object",
    required: ["id", "roomId", "title", "startsAt", "endsAt"],
    properties: {
      id: { type: "string", format: "uuid" },
      roomId: { type: "string", format: "uuid" },
      title: { type: "string" },
      startsAt: timestamp,
      endsAt: timestamp,
    },
  },
  {
    $id: "Problem",
    type: "object",
    required: ["statusCode", "error", "message"],
    properties: {
      statusCode: { type: "integer" },
      code: { type: "string" },
      error: { type: "string" },
      message: { type: "string" },
    },
  },
];

const answer = (name: string, description: string) => ({ description, $ref: `${name}#` });
const rooms = { type: "array", items: { $ref: "Room#" } };
const noContent = (description: string) => ({ description, type: "null" });
const badRequest = { 400: answer("Problem", "The request is wrong") };
const refused = { 401: answer("Problem", "The key is missing or wrong") };
const missing = { 404: answer("Problem", "It doesn't exist") };
const uuidIn = (name: string) => ({
  type: "object",
  required: [name],
  properties: { [name]: { type: "string", format: "uuid" } },
});
const room = uuidIn("roomId");
const count = (preset: number, maximum: number) => ({
  type: "integer",
  minimum: 1,
  maximum,
  default: preset,
});

export const health = {
  operationId: "health",
  security: [],
  response: {
    200: {
      description: "Alive",
      type: "object",
      required: ["status", "startedAt"],
      properties: { status: { type: "string", enum: ["ok", "degraded"] }, startedAt: timestamp },
    },
  },
};

export const listRooms = {
  operationId: "listRooms",
  tags: ["rooms"],
  querystring: {
    type: "object",
    properties: {
      page: count(1, 10_000),
      pageSize: count(25, 100),
      kind: { type: "string", enum: ["meeting", "focus", "event"] },
    },
  },
  response: {
    200: {
      description: "One page",
      headers: { "X-Total-Count": { type: "integer", description: "Rooms on all pages" } },
      ...rooms,
    },
    ...badRequest,
    ...refused,
  },
};

export const createRoom = {
  operationId: "createRoom",
  tags: ["rooms"],
  body: { $ref: "RoomBody#" },
  response: {
    201: { headers: { Location: { type: "string" } }, ...answer("Room", "Created") },
    ...badRequest,
    ...refused,
  },
};

export const readRoom = {
  operationId: "readRoom",
  tags: ["rooms"],
  params: room,
  response: {
    200: { headers: { ETag: { type: "string" } }, ...answer("Room", "The room") },
    ...badRequest,
    ...refused,
    ...missing,
  },
};

export const replaceRoom = {
  operationId: "replaceRoom",
  tags: ["rooms"],
  params: room,
  body: { $ref: "RoomBody#" },
  response: { 200: answer("Room", "Replaced"), ...badRequest, ...refused, ...missing },
};

export const deleteRoom = {
  operationId: "deleteRoom",
  tags: ["rooms"],
  params: room,
  response: { 204: noContent("Deleted"), ...badRequest, ...refused, ...missing },
};

export const createBooking = {
  operationId: "createBooking",
  tags: ["bookings"],
  params: room,
  body: { $ref: "BookingBody#" },
  response: { 201: answer("Booking", "Booked"), ...badRequest, ...refused, ...missing },
};

export const listBookings = {
  operationId: "listBookings",
  tags: ["bookings"],
  params: room,
  response: {
    200: { description: "All of the room's", type: "array", items: { $ref: "Booking#" } },
    ...badRequest,
    ...refused,
    ...missing,
  },
};

export const deleteBooking = {
  operationId: "deleteBooking",
  tags: ["bookings"],
  params: uuidIn("bookingId"),
  response: { 204: noContent("Cancelled"), ...badRequest, ...refused, ...missing },
};

export const uploadPhoto = {
  operationId: "uploadPhoto",
  tags: ["rooms"],
  consumes: ["multipart/form-data"],
  params: room,
  body: {
    type: "object",
    required: ["file"],
    properties: { file: { type: "string", format: "binary" } },
  },
  response: {
    201: {
      description: "Stored",
      type: "object",
      required: ["filename", "bytes"],
      properties: { filename: { type: "string" }, bytes: { type: "integer" } },
    },
    ...badRequest,
    ...refused,
    ...missing,
  },
};
