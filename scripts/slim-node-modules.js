// Runs after npm has installed a clone: takes out of node_modules what nothing here reads, some 125 MB. Those are
// the C headers beside the Node that the tests run on, and source maps of packages.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const modules = path.join(import.meta.dirname, '..', 'node_modules');

/** @param {string} folder */
function slim(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    const isHeaders = entry.name === 'include' && /^node(-|$)/.test(path.basename(folder));
    if (entry.isDirectory() && isHeaders) rmSync(file, { recursive: true });
    else if (entry.isDirectory()) slim(file);
    else if (entry.isFile() && /\.[cm]?[jt]s\.map$/.test(entry.name)) rmSync(file);
  }
}

if (existsSync(modules)) slim(modules);
