import { build } from "esbuild"; import {gzipSync} from "node:zlib";
const o={bundle:true,minify:true,format:"esm",platform:"browser",write:false,legalComments:"none",target:"es2022"};
const a=await build({...o,entryPoints:["src/index.ts"],packages:"external",platform:"neutral"});
const r=await build({...o,stdin:{contents:'export { ElevenLabsClient } from "./src/index.ts"',resolveDir:".",loader:"ts"}});
const t=r.outputFiles[0].text; console.log(t.length,gzipSync(t,{level:9}).length);
