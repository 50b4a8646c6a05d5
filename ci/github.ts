// The comment on a pull request: there is one, and it is brought up to date.

/** The repository, the pull request and the token, as a workflow of GitHub knows them. */
export interface PullRequest {
    /** `https://api.github.com` */
    api: string;
    /** `owner/name` */
    repository: string;
    number: number;
    token: string;
    /** Who writes the comment. Somebody else's is never touched, whatever it contains. */
    author?: string;
}

interface Comment {
    id: number;
    body?: string;
    user: { login: string } | null;
}

const perPage = 100;

async function call<T>({ api, token }: PullRequest, method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${api}${path}`, {
        method,
        headers: {
            accept: "application/vnd.github+json",
            authorization: `Bearer ${token}`,
            "x-github-api-version": "2022-11-28",
            ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok)
        throw new Error(`GitHub answers ${response.status} to ${method} ${path}: ${await response.text()}`);
    return (await response.json()) as T;
}

async function existing(at: PullRequest, marker: string): Promise<Comment | undefined> {
    const author = at.author ?? "github-actions[bot]";
    for (let page = 1; ; page++) {
        const path = `/repos/${at.repository}/issues/${at.number}/comments?per_page=${perPage}&page=${page}`;
        const comments = await call<Comment[]>(at, "GET", path);
        const own = comments.find(({ body, user }) => user?.login === author && body?.startsWith(marker));
        if (own || comments.length < perPage) return own;
    }
}

/** Writes the comment that begins with `marker`, in place of the one before. Returns what was done. */
export async function comment(at: PullRequest, marker: string, body: string): Promise<"created" | "updated"> {
    const before = await existing(at, marker);
    if (before) await call(at, "PATCH", `/repos/${at.repository}/issues/comments/${before.id}`, { body });
    else await call(at, "POST", `/repos/${at.repository}/issues/${at.number}/comments`, { body });
    return before ? "updated" : "created";
}
