import { tokenEndpoint } from "../../../../token-endpoint.ts";

export const dynamic = "force-dynamic";

export { tokenEndpoint as OPTIONS, tokenEndpoint as POST };
