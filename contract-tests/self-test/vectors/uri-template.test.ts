import { expect, it } from "vitest";
import { judgeTemplates } from "./uri-template.ts";

const variables = { a: "1,2", list: ["x", "y&"], map: { k: "v.w" }, none: [] };
const judge = (...testcases: readonly (readonly [string, unknown])[]) =>
  judgeTemplates("own", [{ variables, testcases }]);

it("counts an expansion that is written and read back as right", () => {
  const group = judge(
    ["/é/{a}", "/%C3%A9/1%2C2"],
    ["{.map*}", ".k=v.w"],
    ["{;list*}", ";list=x;list=y%26"],
    ["{?a,list,map*}", ["?a=1%2C2&list=x,y%26&k=v.w"]],
    ["{&none}", ""],
  );
  expect(group).toMatchObject({ right: 5, total: 5, wrong: [] });
});

it("counts one with a different expectation as wrong, and says how", () => {
  const group = judge(["{a}", "1,2"], ["{?list*}", ["?list=x,y%26"]]);
  expect(group.right).toBe(0);
  expect(group.wrong[0]).toBe("{a} is written 1%2C2 in place of 1,2");
});

it("leaves out what no style of OpenAPI can express, by reason", () => {
  const group = judge(["{+a}", "1,2"], ["{#a}", "#1,2"], ["{/a}", "/1%2C2"], ["{a:1}", "1"]);
  expect(group.total).toBe(0);
  expect([...group.leftOut.values()]).toEqual([1, 1, 1, 1]);
});
