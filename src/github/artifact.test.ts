import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../test/github-api/connect.ts';
import type { GithubOptions } from '../../test/github-api/start-github.ts';
import { SIGNATURE } from '../../test/github-api/storage.ts';
import type { Artifact } from '../../test/github-api/world.ts';
import { IncompleteRunError, InputError } from '../errors/errors.ts';
import { type ArtifactRequest, downloadArtifact } from './artifact.ts';

const RUN = 500;
const ZIP = Buffer.from('PK and the rest of an archive');
const wanted: ArtifactRequest = {
  owner: 'octo',
  repo: 'prompts',
  repositoryId: 77,
  runId: RUN,
  name: 'touchstone-handover',
  maxBytes: 1000,
};

function artifact(more: Partial<Artifact> = {}): Artifact {
  return { id: 1, runId: RUN, name: wanted.name, expired: false, archive: ZIP, ...more };
}

function having(...artifacts: Artifact[]): GithubOptions {
  return { world: { artifacts, runs: [{ id: RUN, repositoryId: 77 }] } };
}

describe('downloading an artifact', () => {
  it('gives the bytes, and the storage no token', async (test) => {
    const { github, server } = await connect(test, having(artifact()));
    expect(await downloadArtifact(github, wanted)).toEqual(ZIP);
    expect(server.storageRequests).toEqual([{ authorized: false }]);
  });

  it('takes the newest of the name, behind hundreds of others', async (test) => {
    const others = Array.from({ length: 230 }, (_, index) =>
      artifact({ id: index + 10, archive: Buffer.from('old') }),
    );
    const newest = artifact({ id: 999 });
    const { github } = await connect(
      test,
      having(...others, newest, artifact({ id: 1000, name: 'another' })),
    );
    expect(await downloadArtifact(github, wanted)).toEqual(ZIP);
  });

  it('refuses what is too large before it asks the storage', async (test) => {
    const { github, server } = await connect(test, having(artifact({ sizeInBytes: 200 * 2 ** 20 })));
    await expect(downloadArtifact(github, wanted)).rejects.toThrow(/larger than 1,000 bytes/);
    expect(server.storageRequests).toEqual([]);
  });

  it.each<[string, Partial<Artifact>]>([
    ['than the list says', { archive: Buffer.alloc(1001), sizeInBytes: 10 }],
    ['than the list says, and never ends', { archive: 'endless' }],
  ])('stops where the archive is larger %s', async (_, more) => {
    const { github, server } = await connect({ onTestFinished }, having(artifact(more)));
    await expect(downloadArtifact(github, wanted)).rejects.toThrow(InputError);
    expect(server.storageRequests).toHaveLength(1);
  });

  it('accepts exactly as many bytes as it may', async (test) => {
    const archive = Buffer.alloc(wanted.maxBytes, 'x');
    const { github } = await connect(test, having(artifact({ archive })));
    expect(await downloadArtifact(github, wanted)).toEqual(archive);
  });

  it('refuses a run of another repository, one that is unknown, and one without the artifact', async (test) => {
    const runs = [
      { id: RUN, repositoryId: 78 },
      { id: 501, repositoryId: 77 },
    ];
    const { github } = await connect(test, { world: { runs, artifacts: [artifact()] } });
    const where = (runId: number) => downloadArtifact(github, { ...wanted, runId });
    await expect(where(RUN)).rejects.toThrow('run 500: the run is not of this repository');
    await expect(where(502)).rejects.toThrow('run 502: the run is not of this repository');
    await expect(where(501)).rejects.toThrow('run 501: the run has no such artifact');
  });

  it('refuses what has expired', async (test) => {
    const { github } = await connect(test, having(artifact({ expired: true })));
    await expect(downloadArtifact(github, wanted)).rejects.toThrow('the artifact has expired');
  });

  it('asks for a new address where the storage fails', async (test) => {
    const { github, server } = await connect(test, having(artifact({ failures: 2 })));
    expect(await downloadArtifact(github, wanted)).toEqual(ZIP);
    expect(server.requests.filter(({ path }) => path.endsWith('/zip'))).toHaveLength(3);
  });

  it('gives up where the storage goes on failing, and does not show the signed address', async (test) => {
    const { github } = await connect(test, having(artifact({ failures: 9 })));
    const error: unknown = await downloadArtifact(github, wanted).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IncompleteRunError);
    expect(String(error)).toMatch(
      /^IncompleteRunError: 127\.0\.0\.1:\d+ did not give the artifact: status 503$/,
    );
    expect(String(error)).not.toContain(SIGNATURE);
  });

  it('does not follow an answer without an address', async (test) => {
    const { github } = await connect(test, {
      ...having(artifact()),
      behave: ({ path }) => (path.endsWith('/zip') ? { kind: 'html' } : undefined),
    });
    await expect(downloadArtifact(github, wanted)).rejects.toThrow(IncompleteRunError);
  });
});
