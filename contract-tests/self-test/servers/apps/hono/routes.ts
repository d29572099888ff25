import { createRoute, z } from "@hono/zod-openapi";
import * as schemas from "./schemas.js";

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { "application/json": { schema } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { "application/json": { schema } },
});
const bad = { 400: json(schemas.Problem, "The request is wrong") };
const refused = { 401: json(schemas.Problem, "Not signed in") };
const missing = { 404: json(schemas.Problem, "It doesn't exist") };
const id = z.object({
  articleId: z
    .string()
    .min(1)
    .openapi({ param: { name: "articleId", in: "path" } }),
});
const security = [{ bearer: [] }];
const etag = z.object({ ETag: z.string().openapi({ example: '"3"' }) });

export const me = createRoute({
  method: "get",
  path: "/me",
  security,
  responses: { 200: json(schemas.Account, "Who is signed in"), ...refused },
});

export const listArticles = createRoute({
  method: "get",
  path: "/articles",
  security,
  request: {
    query: z.object({
      section: schemas.section.optional(),
      limit: z.coerce
        .number()
        .int()
        .min(1)
        .max(50)
        .optional()
        .openapi({ type: "integer", minimum: 1, maximum: 50 }),
      cursor: z.string().min(1).optional(),
    }),
  },
  responses: { 200: json(schemas.ArticleList, "One page"), ...bad, ...refused },
});

export const createArticle = createRoute({
  method: "post",
  path: "/articles",
  security,
  request: { body: body(schemas.ArticleInput) },
  responses: {
    201: {
      ...json(schemas.Article, "Written"),
      headers: z.object({ Location: z.string() }),
      links: {
        read: {
          operationRef: "#/paths/~1articles~1{articleId}/get",
          parameters: { articleId: "$response.body#/id" },
        },
      },
    },
    ...bad,
    ...refused,
  },
});

export const readArticle = createRoute({
  method: "get",
  path: "/articles/{articleId}",
  security,
  request: { params: id },
  responses: {
    200: { ...json(schemas.Article, "The article"), headers: etag },
    ...bad,
    ...refused,
    ...missing,
  },
});

export const changeArticle = createRoute({
  method: "patch",
  path: "/articles/{articleId}",
  security,
  request: { params: id, body: body(schemas.ArticleChange) },
  responses: { 200: json(schemas.Article, "Changed"), ...bad, ...refused, ...missing },
});

export const deleteArticle = createRoute({
  method: "delete",
  path: "/articles/{articleId}",
  security,
  request: { params: id },
  responses: { 204: { description: "Deleted" }, ...bad, ...refused, ...missing },
});

export const createComment = createRoute({
  method: "post",
  path: "/articles/{articleId}/comments",
  security,
  request: { params: id, body: body(schemas.CommentInput) },
  responses: { 201: json(schemas.Comment, "Said"), ...bad, ...refused, ...missing },
});

export const listComments = createRoute({
  method: "get",
  path: "/articles/{articleId}/comments",
  security,
  request: { params: id },
  responses: { 200: json(schemas.CommentList, "All of them"), ...bad, ...refused, ...missing },
});

export const addImage = createRoute({
  method: "post",
  path: "/articles/{articleId}/images",
  security,
  request: {
    params: id,
    body: {
      required: true,
      content: {
        "multipart/form-data": {
          schema: z.object({ image: z.instanceof(File).openapi({ type: "string", format: "binary" }) }),
        },
      },
    },
  },
  responses: { 201: json(schemas.Image, "Stored"), ...bad, ...refused, ...missing },
});
