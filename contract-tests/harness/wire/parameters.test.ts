import { expect, it } from "vitest";
import type { ParameterLocation, ParameterStyle } from "../contract/contract.ts";
import { parameterStyle } from "./parameter-style.ts";
import { decodingFor, rawPair, writeParameter } from "./write-parameter.ts";

const object = { R: "100", G: "a,b" };
const list = ["a,b", "é"];

/** Each style by the table of OpenAPI 3.1, section 4.8.12.3, with delimiters within the values. */
const table: readonly [ParameterLocation, ParameterStyle, boolean, unknown, readonly string[] | undefined][] =
  [
    ["path", "simple", false, "a.b,c", ["a.b%2Cc"]],
    ["path", "simple", false, list, ["a%2Cb,%C3%A9"]],
    ["path", "simple", true, object, ["R=100,G=a%2Cb"]],
    ["path", "simple", false, object, ["R,100,G,a%2Cb"]],
    ["path", "label", false, list, [".a%2Cb,%C3%A9"]],
    ["path", "label", true, list, [".a%2Cb.%C3%A9"]],
    ["path", "label", true, { a: "1.5" }, [".a=1.5"]],
    ["path", "label", true, ["1.5", "2"], undefined],
    ["path", "matrix", false, "", [";x"]],
    ["path", "matrix", false, list, [";x=a%2Cb,%C3%A9"]],
    ["path", "matrix", true, ["a;b", "c"], [";x=a%3Bb;x=c"]],
    ["path", "matrix", true, object, [";R=100;G=a%2Cb"]],
    ["query", "form", false, list, ["x=a%2Cb,%C3%A9"]],
    ["query", "form", true, ["", "b&c"], ["x=", "x=b%26c"]],
    ["query", "form", true, object, ["R=100", "G=a%2Cb"]],
    ["query", "form", false, object, ["x=R,100,G,a%2Cb"]],
    ["query", "form", true, [""], undefined],
    ["query", "form", false, [], undefined],
    ["query", "form", true, {}, undefined],
    ["query", "form", true, null, undefined],
    ["query", "form", true, "\ud83d", undefined],
    ["query", "spaceDelimited", false, ["a,b", "c"], ["x=a%2Cb%20c"]],
    ["query", "spaceDelimited", false, ["a b", "c"], undefined],
    ["query", "pipeDelimited", false, object, ["x=R%7C100%7CG%7Ca%2Cb"]],
    ["query", "pipeDelimited", false, ["a|b", "c"], undefined],
    ["query", "pipeDelimited", true, ["a|b", "c"], ["x=a%7Cb", "x=c"]],
    ["query", "deepObject", true, { a: "1", "b c": "&" }, ["x%5Ba%5D=1", "x%5Bb%20c%5D=%26"]],
    ["query", "deepObject", true, { a: { b: ["1"] } }, ["x%5Ba%5D%5Bb%5D%5B0%5D=1"]],
    ["header", "simple", false, ["a", "b"], ["a,b"]],
    ["header", "simple", false, ["a,b", "c"], undefined],
    ["cookie", "form", true, ["a", "b"], ["x=a", "x=b"]],
  ];

it.each(table)(
  "%s %s explode %s writes %j as %j, and reads it back",
  (place, style, explode, value, pieces) => {
    const parameter = { name: "x", in: place, style, explode, allowReserved: false };
    expect(writeParameter(parameter, value)).toEqual(pieces);
    if (!pieces) return;
    const decode = decodingFor(place);
    const pairs = pieces.map((piece) => rawPair(piece, decode));
    const isNamed = place === "query" || place === "cookie";
    const own = isNamed ? pairs.filter(({ name }) => name === "x").map(({ raw }) => raw) : pieces;
    const shapes = parameterStyle[style].read(parameter, { own, pairs, decode });
    const members = shapes?.members && Object.fromEntries(shapes.members);
    const trees = typeof shapes?.tree === "object" ? [shapes.tree, { a: { b: ["1"] } }] : [];
    expect([shapes?.text, shapes?.items, members, ...trees]).toContainEqual(value);
  },
);

it("keeps the blanks of a path's and a query's items, and not those around the commas of a header", () => {
  const read = (place: ParameterLocation, raw: string) =>
    parameterStyle[place === "query" ? "form" : "simple"].read(
      { name: "x", in: place, explode: false },
      { own: [raw], pairs: [], decode: decodingFor(place) },
    )?.items;
  expect(read("query", "a,%20b,+c")).toEqual(["a", " b", " c"]);
  expect(read("path", "a,%20b+")).toEqual(["a", " b+"]);
  expect(read("header", "a, b")).toEqual(["a", "b"]);
});

it("leaves reserved characters alone where they are allowed", () => {
  const parameter = { name: "x", in: "query", style: "form", explode: true, allowReserved: true } as const;
  expect(writeParameter(parameter, "a/b?c&d#e")).toEqual(["x=a/b?c%26d%23e"]);
});

it.each(["label", "matrix"] as const)("finds no value in a %s without its prefix", (style) => {
  const raw = { own: ["a"], pairs: [], decode: decodingFor("path") };
  expect(parameterStyle[style].read({ name: "x", in: "path", explode: false }, raw)).toEqual({});
});
