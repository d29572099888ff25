import { mint } from "./mint.js";

export default async function Page() {
  return <p>{await mint()}</p>;
}
