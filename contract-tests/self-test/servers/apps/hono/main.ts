import { randomBytes } from "node:crypto";
import { serve } from "@hono/node-server";
import { OpenAPIHono, type z } from "@hono/zod-openapi";
import { accessToken, planted, port } from "../planted.js";
import * as routes from "./routes.js";
import type { ArticleInput, Article as ArticleSchema, Comment as CommentSchema } from "./schemas.js";

/** A magazine's articles and comments, as teams write it with Hono and Zod. */

type Article = z.infer<typeof ArticleSchema>;
type Comment = z.infer<typeof CommentSchema>;

const articles = new Map<string, Article>();
const comments = new Map<string, Comment[]>();
const versions = new Map<string, number>();
const now = () => new Date().toISOString();
const author = "Robin Writer";

function write(fields: z.infer<typeof ArticleInput>): Article {
  const article = {
    ...fields,
    id: `art_${randomBytes(6).toString("hex")}`,
    author,
    createdAt: now(),
    updatedAt: now(),
  };
  articles.set(article.id, article);
  versions.set(article.id, 1);
  return article;
}
for (const [index, section] of (["news", "opinion", "news", "culture", "news"] as const).entries())
  write({ title: `Article ${index + 1}`, section, body: "Lorem ipsum." });

const app = new OpenAPIHono({
  defaultHook: (result, c) => {
    if (result.success) return undefined;
    const issues = result.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    return c.json({ error: "invalid", issues }, planted("invalid-answers-200") ? 200 : 400);
  },
});
app.openAPIRegistry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
app.notFound((c) => c.json({ error: "no such path" }, 404));
app.onError((error, c) =>
  "status" in error && error.status === 400
    ? c.json({ error: error.message }, 400)
    : c.json({ error: "internal" }, 500),
);
app.use("*", async (c, next) => {
  if (c.req.path === "/openapi.json") return next();
  const given = c.req.header("authorization");
  const right =
    planted("missing-token-accepted") && given === undefined ? true : given === `Bearer ${accessToken}`;
  if (!right) return c.json({ error: "sign in" }, 401);
  return next();
});

app.openapi(routes.me, (c) => {
  const account = { name: author, email: "robin@example.com", roles: ["author" as const] };
  return c.json(
    planted("hash-leaked") ? { ...account, passwordHash: "$2b$10$7EqJtq98hPqEX7fNZaFWoO" } : account,
    200,
  );
});

app.openapi(routes.listArticles, (c) => {
  const { section, limit = 20, cursor } = c.req.valid("query");
  let found = [...articles.values()];
  if (section !== undefined && !planted("filter-ignored"))
    found = found.filter((each) => each.section === section);
  if (planted("list-omits-new")) found = found.slice(0, 5);
  const after = cursor === undefined ? -1 : found.findIndex(({ id }) => id === cursor);
  const from = planted("cursor-ignored") ? 0 : planted("cursor-repeats-row") ? Math.max(0, after) : after + 1;
  const items = planted("limit-ignored") ? found.slice(from) : found.slice(from, from + limit);
  const more = from + items.length < found.length;
  const shown = planted("list-shows-other-title")
    ? items.map((each) => ({ ...each, title: each.title.slice(0, 3) }))
    : items;
  return c.json({ items: shown, nextCursor: more ? (items.at(-1)?.id ?? null) : null }, 200);
});

app.openapi(routes.createArticle, (c) => {
  const article = write(c.req.valid("json"));
  if (planted("tags-lost")) articles.set(article.id, { ...article, tags: [] });
  if (planted("create-delayed")) {
    articles.delete(article.id);
    setTimeout(() => articles.set(article.id, article), 60_000).unref();
  }
  const location = planted("location-of-collection") ? "/articles" : `/articles/${article.id}`;
  c.header("Location", location);
  return c.json(article, 201);
});

app.openapi(routes.readArticle, (c) => {
  const { articleId } = c.req.valid("param");
  const article = articles.get(articleId);
  if (!article) return c.json({ error: "no such article" }, 404);
  if (!planted("etag-missing")) c.header("ETag", `"${versions.get(articleId)}"`);
  if (planted("read-adds-view")) articles.set(articleId, { ...article, title: `${article.title}!` });
  const { author: name } = article;
  return c.json({ ...article, author: planted("author-null") ? (null as never) : name }, 200);
});

app.openapi(routes.changeArticle, (c) => {
  const { articleId } = c.req.valid("param");
  const old = articles.get(articleId);
  if (!old) return c.json({ error: "no such article" }, 404);
  const changes = c.req.valid("json");
  const base = planted("patch-wipes") ? { ...old, tags: undefined, publishOn: undefined } : old;
  const article = { ...base, ...changes, updatedAt: now() };
  if (planted("patch-changes-title")) article.title = article.title.toUpperCase();
  if (planted("patch-loses-date")) article.publishOn = old.publishOn;
  if (!planted("patch-lost")) articles.set(articleId, article);
  versions.set(articleId, (versions.get(articleId) ?? 0) + 1);
  return c.json(article, 200);
});

app.openapi(routes.deleteArticle, (c) => {
  const { articleId } = c.req.valid("param");
  if (!articles.has(articleId)) return c.json({ error: "no such article" }, 404);
  if (!planted("delete-keeps")) articles.delete(articleId);
  return c.body(null, 204);
});

app.openapi(routes.createComment, (c) => {
  const { articleId } = c.req.valid("param");
  if (!articles.has(articleId)) return c.json({ error: "no such article" }, 404);
  const { text } = c.req.valid("json");
  const comment = { id: randomBytes(4).toString("hex"), articleId, text, createdAt: now() };
  if (planted("comment-escaped")) comment.text = `<p>${text}</p>`;
  comments.set(articleId, [...(comments.get(articleId) ?? []), comment]);
  return c.json(comment, 201);
});

app.openapi(routes.listComments, (c) => {
  const { articleId } = c.req.valid("param");
  if (!articles.has(articleId)) return c.json({ error: "no such article" }, 404);
  let items = comments.get(articleId) ?? [];
  if (planted("comments-of-all-articles")) items = [...comments.values()].flat();
  if (planted("comments-omit-last")) items = items.slice(0, -1);
  return c.json({ items, count: planted("count-negative") ? -1 : items.length }, 200);
});

app.openapi(routes.addImage, async (c) => {
  const { articleId } = c.req.valid("param");
  if (!articles.has(articleId)) return c.json({ error: "no such article" }, 404);
  const { image } = await c.req.parseBody();
  if (!(image instanceof File)) return c.json({ error: "an image is missing" }, 400);
  if (planted("upload-500")) throw new Error("disk full");
  return c.json({ id: randomBytes(4).toString("hex"), size: image.size, contentType: image.type }, 201);
});

app.doc31("/openapi.json", { openapi: "3.1.0", info: { title: "Magazine", version: "0.9.0" } });

serve({ fetch: app.fetch, hostname: "127.0.0.1", port });
