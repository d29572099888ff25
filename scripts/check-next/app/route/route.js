import { mint } from "../mint.js";

export async function GET() {
  return Response.json({ token: await mint() });
}
