/**
 * What the system refused, in its own words (`EACCES: permission denied, open 'goldens/open'`), or the database (`disk
 * I/O error`): a full disk, a folder without rights, a file in a folder's place. Null for an error of any other kind,
 * which is a mistake of this program.
 */
export function systemRefusal(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const isRefused =
    error.code === 'ERR_SQLITE_ERROR' || ('syscall' in error && typeof error.syscall === 'string');
  return isRefused ? error.message : null;
}
