export function nearResources<Resource extends { readonly path: string }>(
  resources: readonly Resource[],
  requestPath: string,
): readonly Resource[];
