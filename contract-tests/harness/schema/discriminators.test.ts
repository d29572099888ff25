import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { variations } from "./deviations.ts";
import { Oracle } from "./oracle.ts";
import { validValue } from "./valid-value.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string" };
const cat = { type: "object", required: ["kind", "meow"], properties: { kind: text, meow: text } };
const dog = { type: "object", required: ["kind", "bark"], properties: { kind: text, bark: text } };
const pet = { type: "object", required: ["kind"], properties: { kind: text, name: text } };

function oracleFor(schemas: object, version = "3.0.3"): Oracle {
  const document = { openapi: version, paths: { "/a": { get: { responses: {} } } }, components: { schemas } };
  return new Oracle(readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json"));
}

const at = (name: string) => `/components/schemas/${name}`;

const schemas = {
  Cat: cat,
  Dog: dog,
  Plain: { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind" } },
  Any: { anyOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind" } },
  Mapped: {
    oneOf: [ref("Cat"), ref("Dog")],
    discriminator: {
      propertyName: "kind",
      mapping: { cat: "#/components/schemas/Cat", dog: "Dog", puppy: "Dog" },
    },
  },
  Parent: { ...pet, discriminator: { propertyName: "kind", mapping: { b: "#/components/schemas/Bird" } } },
  Fish: { allOf: [ref("Parent"), { required: ["fins"], properties: { fins: { type: "integer" } } }] },
  Bird: { allOf: [ref("Parent"), { required: ["wings"], properties: { wings: { type: "integer" } } }] },
  Shark: { allOf: [ref("Fish"), { required: ["teeth"], properties: { teeth: { type: "integer" } } }] },
  Wrapped: { properties: { kind: { ...text }, pet: { allOf: [ref("Parent")] } } },
  Renamed: { allOf: [ref("Fish")] },
  Listed: {
    oneOf: [ref("Red"), ref("Blue")],
    discriminator: { propertyName: "kind" },
  },
  Red: { type: "object", required: ["kind"], properties: { kind: { type: "string", enum: ["red"] } } },
  Blue: {
    type: "object",
    required: ["kind"],
    properties: { kind: { type: "string", enum: ["blue", "navy"] } },
  },
  InPlace: {
    oneOf: [ref("Cat"), { type: "object", properties: { own: text } }],
    discriminator: { propertyName: "kind" },
  },
  Nested: { oneOf: [ref("Plain"), ref("Red")], discriminator: { propertyName: "kind" } },
  Alone: { ...pet, discriminator: { propertyName: "kind" } },
  Numbered: {
    oneOf: [ref("One"), ref("Two")],
    discriminator: { propertyName: "v", mapping: { 1: "One", 2: "Two" } },
  },
  One: { type: "object", required: ["v"], properties: { v: { type: "integer", enum: [1] } } },
  Two: { type: "object", required: ["v", "w"], properties: { v: { type: "integer", enum: [2] }, w: text } },
};

describe("a discriminator maps values to schemas", () => {
  const oracle = oracleFor(schemas);
  it.each<[string, object, boolean]>([
    ["Plain", { kind: "Cat", meow: "x" }, true],
    ["Plain", { kind: "Dog", bark: "x" }, true],
    ["Plain", { kind: "Lizard", meow: "x" }, false],
    ["Plain", { kind: "cat", meow: "x" }, false],
    ["Plain", { kind: "Dog", meow: "x" }, false], // a cat that says that it is a dog
    ["Any", { kind: "Dog", meow: "x", bark: "x" }, true],
    ["Any", { kind: "Dog", meow: "x" }, false],
    ["Any", { kind: "Lizard", meow: "x" }, false],
    ["Mapped", { kind: "cat", meow: "x" }, true],
    ["Mapped", { kind: "puppy", bark: "x" }, true],
    ["Mapped", { kind: "Cat", meow: "x" }, true], // its name stays
    ["Mapped", { kind: "kitten", meow: "x" }, false],
    ["Mapped", { kind: "cat", bark: "x" }, false],
    ["Parent", { kind: "Fish", fins: 1 }, true],
    ["Parent", { kind: "Fish" }, false],
    ["Parent", { kind: "Shark", fins: 1, teeth: 1 }, true],
    ["Parent", { kind: "Shark", fins: 1 }, false],
    ["Parent", { kind: "b", wings: 2 }, true],
    ["Parent", { kind: "b", fins: 2 }, false],
    ["Parent", { kind: "Parent" }, true],
    ["Parent", { kind: "Horse" }, false],
    ["Fish", { kind: "Fish", fins: 1 }, true],
    ["Fish", { kind: "Horse", fins: 1 }, false],
    ["Fish", { kind: "b", fins: 1 }, false],
    ["Fish", { kind: "Shark", fins: 1, teeth: 2 }, true],
    ["Wrapped", { pet: { kind: "Fish", fins: 1 } }, true],
    ["Wrapped", { pet: { kind: "Fish" } }, false],
    ["Renamed", { kind: "Fish", fins: 1 }, true],
    ["Renamed", { kind: "b", fins: 1 }, false],
    ["Listed", { kind: "navy" }, true],
    ["Listed", { kind: "green" }, false],
    ["InPlace", { kind: "anything", own: "x" }, true],
    ["Nested", { kind: "Cat", meow: "x" }, true],
    ["Nested", { kind: "Horse", meow: "x" }, false],
    ["Alone", { kind: "anything" }, true],
    ["Numbered", { v: 1 }, true],
    ["Numbered", { v: 2 }, false],
    ["Numbered", { v: 2, w: "x" }, true],
    ["Numbered", { v: 3, w: "x" }, false],
  ])("%s: %j is valid: %s", (name, value, expected) => {
    expect(oracle.accepts(at(name), "response", value)).toBe(expected);
  });

  it("names the discriminator, the place, and what is mapped", () => {
    expect(oracle.violations(at("Mapped"), "response", { kind: "kitten", meow: "x" })).toEqual([
      {
        pointer: at("Mapped/discriminator"),
        keyword: "discriminator",
        instance: "/kind",
        message: '/kind must be one of "cat", "dog", "puppy", "Cat", "Dog"',
      },
    ]);
  });

  it("says what the chosen child lacks, where it is written", () => {
    expect(oracle.violations(at("Wrapped"), "response", { pet: { kind: "Fish" } })).toMatchObject([
      { pointer: at("Fish/allOf/1/required"), keyword: "required", instance: "/pet" },
    ]);
  });
});

describe("made values", () => {
  const oracle = oracleFor(schemas);
  it.each(["Plain", "Any", "Mapped", "Parent", "Fish", "Shark", "Listed", "Nested", "Numbered"])(
    "of %s name what they are, and one that nothing maps is wrong",
    (name) => {
      const made = validValue(oracle, at(name), { optional: true });
      expect(made && oracle.accepts(at(name), "request", made.value)).toBe(true);
      const kinds = variations(oracle, at(name), made?.value);
      const property = name === "Numbered" ? "v" : "kind";
      const mapped = oracle.discriminator(at(name))?.targets ?? oracle.discriminator(at("Parent"))?.targets;
      const unmapped = kinds.filter(
        ({ valid, value }) => !valid && mapped?.has(String(Object(value)[property])) === false,
      );
      expect(unmapped).not.toHaveLength(0);
    },
  );

  it("of a choice and of a parent are made for each schema", () => {
    const kinds = (name: string) => {
      const made = validValue(oracle, at(name))?.value;
      const valid = variations(oracle, at(name), made).filter((one) => one.valid);
      return new Set([made, ...valid.map(({ value }) => value)].map((value) => Object(value).kind));
    };
    expect([...kinds("Mapped")].sort()).toEqual(["Cat", "Dog", "cat", "dog", "puppy"]);
    expect([...kinds("Parent")].sort()).toEqual(["Bird", "Fish", "Renamed", "Shark", "b"].sort());
  });
});
