import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { formatProvenance, parseProvenance, provenanceFile } from "./generate/provenance.ts";
import { importPage } from "./import/import-page.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run spec:import -- FILE...`: keeps documented pages verbatim under spec/documented/. Exit 0 done, 2 not usable. */
await runScript(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  if (positionals.length === 0)
    throw new InputError(
      'no page given; use "npm run spec:import -- FILE", with the markdown file of a documented page.',
    );
  const path = join(projectRoot, provenanceFile);
  let records = existsSync(path) ? parseProvenance(readFileSync(path, "utf8")) : [];
  const files = new Map<string, string>();
  for (const file of positionals) {
    if (!existsSync(file))
      throw new InputError(`${file}: no such file; give the markdown file of a documented page.`);
    const imported = importPage(
      file,
      readFileSync(file, "utf8"),
      new Date().toISOString().slice(0, 10),
      records,
    );
    records = [
      ...records.filter((record) => record.page.file !== imported.record.page.file),
      imported.record,
    ];
    for (const [name, content] of imported.files) files.set(name, content);
  }
  files.set(provenanceFile, formatProvenance(records));
  for (const [name, content] of files) {
    mkdirSync(dirname(join(projectRoot, name)), { recursive: true });
    writeFileSync(join(projectRoot, `${name}.tmp`), content);
  }
  for (const name of files.keys()) {
    renameSync(join(projectRoot, `${name}.tmp`), join(projectRoot, name));
    console.log(`wrote ${name}`);
  }
  console.log('next: "npm run generate"');
  return 0;
});
