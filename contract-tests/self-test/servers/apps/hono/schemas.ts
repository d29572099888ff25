import { z } from "@hono/zod-openapi";

export const section = z.enum(["news", "opinion", "culture"]);

export const ArticleInput = z
  .object({
    title: z.string().min(1).max(150),
    section,
    body: z.string().min(1).max(5000),
    tags: z.array(z.string().min(1).max(30)).max(10).optional(),
    publishOn: z.iso.date().optional(),
  })
  .openapi("ArticleInput");

export const ArticleChange = ArticleInput.partial().openapi("ArticleChange");

export const Article = ArticleInput.extend({
  id: z.string().regex(/^art_[0-9a-f]{12}$/),
  author: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
}).openapi("Article");

export const ArticleList = z
  .object({
    items: z.array(Article),
    nextCursor: z.string().nullable(),
  })
  .openapi("ArticleList");

export const CommentInput = z.object({ text: z.string().min(1).max(500) }).openapi("CommentInput");

export const Comment = CommentInput.extend({
  id: z.string(),
  articleId: z.string(),
  createdAt: z.iso.datetime(),
}).openapi("Comment");

export const CommentList = z
  .object({ items: z.array(Comment), count: z.int().min(0) })
  .openapi("CommentList");

export const Account = z
  .object({ name: z.string(), email: z.email(), roles: z.array(z.enum(["author", "editor"])) })
  .strict()
  .openapi("Account");

export const Image = z
  .object({ id: z.string(), size: z.int().min(0), contentType: z.string() })
  .openapi("Image");

export const Problem = z
  .object({
    error: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi("Problem");
