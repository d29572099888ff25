/** A notice for those who open the folder first. */
export function emitReadme(): string {
  return `# generated/

Everything here is written by \`npm run generate\` from \`spec/\`; an edit by hand is lost, and
\`npm run generate:check\` fails on it. To change what is here, import a newer page
(\`npm run spec:import\`), add an overlay under \`spec/overlays/\`, or change a stage in
\`scripts/generate/\`.
`;
}
