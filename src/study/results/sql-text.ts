/** A name of a table or column, whatever characters it holds. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A list of expressions, or of literals made before. */
export function sqlList(items: readonly string[]): string {
  return `[${items.join(', ')}]`;
}

/** A path as the literal of one file: `read_parquet` takes `[`, `*` and `?` for patterns. */
export function sqlPath(file: string): string {
  return sqlText(file.replace(/[[*?]/g, '[$&]'));
}
