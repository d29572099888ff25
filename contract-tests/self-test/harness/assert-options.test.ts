import { describe, expect, it } from "vitest";
import { loadContract } from "../../harness/contract/load-contract.ts";
import { assertOptions } from "../../harness/http/assert-options.ts";
import { run } from "../../harness/run/run.ts";
import { openTarget } from "../../harness/targets/open-target.ts";
import { describeConformance } from "../../harness/vitest/describe-conformance.ts";

const spec = new URL("../contracts/notes.openapi.yaml", import.meta.url).pathname;

describe("options that a function doesn't have, or that hold something else", () => {
  // As JavaScript calls it: nothing but the function itself looks at the options.
  const suite = (options: unknown) => Reflect.apply(describeConformance, undefined, [options]);

  it.each([
    [{ spec, taget: "http://127.0.0.1:1" }, "describeConformance has no option taget: did you mean target?"],
    [{ spec, target: 3000 }, "describeConformance: target has to be a text or a function, not a number."],
    [{ spec, fuzzRuns: "3" }, "describeConformance: fuzzRuns has to be a number, not a text."],
    [
      { spec, auth: { bearer: 7 } },
      "describeConformance: auth has to be a Map or an object of texts by name, not an object.",
    ],
    [
      { spec, headers: { authorization: "x" } },
      "describeConformance: headers has to be a list of pairs of texts, not an object.",
    ],
    [{ target: "http://127.0.0.1:1" }, "describeConformance needs spec: the OpenAPI document's file."],
    [spec, "describeConformance takes an object of options, not a text."],
  ])("are refused once, before anything is judged: %j", (options, message) => {
    expect(() => suite(options)).toThrow(message);
  });

  it("are refused by run and openTarget as well", async () => {
    const contract = await loadContract(spec);
    const options = { contract, maxCase: 3 };
    await expect(run(options).next()).rejects.toThrow("run has no option maxCase: did you mean maxCases?");
    const target = { contract, adress: "http://127.0.0.1:1" };
    await expect(openTarget(target)).rejects.toThrow(
      "openTarget has no option adress: there are url, contract,",
    );
  });

  it("are those that are undefined in no case", () => {
    expect(() => assertOptions<{ one?: string }>("f", { one: undefined }, { one: "text" })).not.toThrow();
  });
});
