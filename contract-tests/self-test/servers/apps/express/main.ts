import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import * as validator from "express-openapi-validator";
import { accessToken, planted, port } from "../planted.js";

/** A warehouse's products, document first: express-openapi-validator holds requests to it. */

interface Product {
  sku: string;
  name: string;
  category: "tools" | "toys" | "garden";
  price: number;
  description?: string | null;
  available_from?: string;
  created_at: string;
  updated_at: string;
}
interface Stock {
  sku: string;
  quantity: number;
  shelf?: string;
  counted_at: string | null;
}
type Fields = Omit<Product, "sku" | "created_at" | "updated_at">;

// The document stands with the sources: .cache/ holds what tsc makes of them.
const document = fileURLToPath(new URL("../../apps/express/openapi.yaml", import.meta.url));
const products = new Map<string, Product>();
const stocks = new Map<string, Stock>();
let lastNumber = 1000;
const now = () => {
  const text = new Date().toISOString();
  return planted("zone-missing")
    ? text.replace("Z", "")
    : planted("epoch-dates")
      ? (Date.now() as never)
      : text;
};

function add(fields: Fields): Product {
  const prefix = { tools: "TL", toys: "TY", garden: "GD" }[fields.category];
  const sku = `${prefix}-${++lastNumber}`;
  const product = { sku, ...fields, created_at: now(), updated_at: now() };
  products.set(sku, product);
  stocks.set(sku, { sku, quantity: 0, counted_at: null });
  return product;
}
for (const [index, category] of (["tools", "toys", "tools", "garden", "tools", "toys"] as const).entries())
  add({ name: `Product ${index + 1}`, category, price: 10 + index });

const etagOf = (product: Product) => `"${createHash("md5").update(JSON.stringify(product)).digest("hex")}"`;
const app = express();
app.disable("etag");
app.disable("x-powered-by");
app.get("/openapi.yaml", (_request, response) => {
  response.type("application/yaml").send(readFileSync(document));
});
app.use(express.json());
app.use(
  validator.middleware({
    apiSpec: document,
    validateRequests: true,
    validateResponses: false,
    validateSecurity: {
      handlers: {
        apiKey: (request) => planted("any-key-accepted") || request.headers["x-api-key"] === accessToken,
      },
    },
  }),
);

/** Answers 404 or goes on, with the product at hand. */
const known: RequestHandler<{ sku: string }> = (request, response, next) => {
  if (products.has(request.params.sku)) next();
  else if (planted("missing-answers-null")) response.json(null);
  else response.status(404).json({ message: "no such product" });
};
const productOf = (sku: string) => products.get(sku) as Product;

app.get("/v1/products", (request, response) => {
  // express-openapi-validator has read the numbers and put the defaults in.
  const { category, per_page, page } = request.query as unknown as {
    category?: string;
    per_page: number;
    page: number;
  };
  let found = [...products.values()];
  if (category !== undefined && !planted("filter-ignored"))
    found = found.filter((product) =>
      planted("filter-or-toys")
        ? product.category === category || product.category === "toys"
        : product.category === category,
    );
  if (planted("list-omits-last")) found = found.slice(0, -1);
  const from = planted("page-ignored") ? 0 : (page - 1) * per_page;
  const data = found.slice(from, from + (planted("per-page-ignored") ? 30 : per_page));
  const total = planted("total-is-page-length") ? data.length : found.length;
  if (!planted("total-header-missing")) response.set("X-Total-Count", String(total));
  response.json({ data, meta: { total, page } });
});

app.post("/v1/products", (request, response) => {
  if (planted("emoji-500") && /\p{Extended_Pictographic}/u.test(JSON.stringify(request.body)))
    throw new Error("charset");
  const product = add(request.body as Fields);
  if (planted("description-lost")) delete productOf(product.sku).description;
  if (planted("price-rounded")) productOf(product.sku).price = Math.floor(product.price);
  response
    .status(201)
    .location(planted("location-wrong") ? `v1/product/${product.sku}` : `/v1/products/${product.sku}`);
  if (planted("duplicate-created")) add(request.body as Fields);
  response.json(product);
});

app
  .route("/v1/products/:sku")
  .get(known, (request, response) => {
    const product = productOf(request.params.sku);
    const isHead = request.method === "HEAD";
    if (isHead && planted("head-404")) return void response.status(404).end();
    if (!planted("etag-missing")) response.set("ETag", etagOf(product));
    if (isHead && planted("head-other-etag")) response.set("ETag", '"head"');
    response.json(planted("internal-field") ? { ...product, _id: randomUUID() } : product);
  })
  .put(known, (request, response) => {
    const old = productOf(request.params.sku);
    const { sku, created_at } = old;
    const product: Product = { sku, ...(request.body as Fields), created_at, updated_at: now() };
    if (planted("put-merges")) Object.assign(product, { ...old, ...product });
    if (planted("put-adds-up")) product.price = Math.min(100_000, old.price + product.price);
    if (planted("put-ignores-category")) product.category = old.category;
    if (!planted("put-lost")) products.set(sku, product);
    response.json(product);
  })
  .delete(known, (request, response) => {
    if (!planted("delete-keeps")) products.delete(request.params.sku);
    response.status(planted("delete-answers-200") ? 200 : 204).end();
  });

app
  .route("/v1/products/:sku/stock")
  .get(known, (request, response) => {
    response.json(stocks.get(request.params.sku));
  })
  .put(known, (request, response) => {
    const { sku } = request.params;
    const stock = { sku, ...(request.body as { quantity: number; shelf?: string }), counted_at: now() };
    if (planted("stock-adds-up")) stock.quantity += stocks.get(sku)?.quantity ?? 0;
    if (!planted("stock-lost")) stocks.set(sku, stock);
    response.json(stock);
  });

app.post("/v1/products/:sku/datasheet", known, (request, response) => {
  const [file] = request.files as Express.Multer.File[];
  if (!file) return void response.status(400).json({ message: "file is missing" });
  const { language } = request.body as { language?: string };
  response.status(201).json({
    id: planted("datasheet-id-number") ? 17 : randomUUID(),
    bytes: file.size,
    ...(language === undefined ? {} : { language: planted("language-fixed") ? "en" : language }),
  });
});

const answerError: ErrorRequestHandler = (error, _request, response, _next) => {
  const {
    status = 500,
    message,
    errors,
  } = error as { status?: number; message: string; errors?: { path: string; message: string }[] };
  response
    .status(status)
    .json({ message, ...(errors ? { errors: errors.map(({ path, message }) => ({ path, message })) } : {}) });
};
app.use(answerError);

app.listen(port, "127.0.0.1");
