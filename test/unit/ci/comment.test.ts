import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { main } from "../../../ci/comment";
import { marker } from "../../../ci/page";
import { report } from "../../support/ci-events";

interface Comment {
    id: number;
    body: string;
    user: { login: string } | null;
}

/** GitHub's API of comments, as far as it is used. */
class GitHub {
    comments: Comment[] = [];
    requests: { method: string; url: string; authorization?: string }[] = [];
    refuses = false;
    private readonly server = http.createServer((request, response) => void this.answer(request, response));

    async start(): Promise<string> {
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    stop = () => new Promise((resolve) => this.server.close(resolve));

    private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const { method = "", url = "" } = request;
        this.requests.push({ method, url, authorization: request.headers.authorization });
        const send = (status: number, content: unknown) => response.writeHead(status).end(JSON.stringify(content));
        if (this.refuses) return void send(403, { message: "Resource not accessible by integration" });
        if (method === "GET") {
            const { searchParams } = new URL(url, "http://x");
            const [size, page] = [Number(searchParams.get("per_page")), Number(searchParams.get("page"))];
            return void send(200, this.comments.slice((page - 1) * size, page * size));
        }
        const { body } = JSON.parse(Buffer.concat(chunks).toString()) as { body: string };
        if (method === "POST") this.comments.push({ id: 1000, body, user: { login: "github-actions[bot]" } });
        else this.comments.find(({ id }) => url.endsWith(`/issues/comments/${id}`))!.body = body;
        send(method === "POST" ? 201 : 200, {});
    }
}

describe("ci/comment.ts", () => {
    let github: GitHub;
    let env: NodeJS.ProcessEnv;
    let reports: string;

    beforeEach(async () => {
        github = new GitHub();
        reports = fs.mkdtempSync(path.join(os.tmpdir(), "reports-"));
        fs.writeFileSync(path.join(reports, "dev.json"), JSON.stringify(report({ stack: "dev" })));
        env = {
            ...{ GITHUB_API_URL: await github.start(), GITHUB_REPOSITORY: "team/cloud", GH_TOKEN: "token" },
            ...{
                GITHUB_SERVER_URL: "https://github.example",
                GITHUB_RUN_ID: "7",
                PULL_REQUEST: "12",
                COMMIT: "0123456789abcdef",
            },
        };
    });

    afterEach(async () => {
        await github.stop();
        fs.rmSync(reports, { recursive: true });
    });

    const run = () => main(["--stack", "dev", "--stack", "prod", "--reports", reports], env, () => {});

    it("comments once, with every stack that was asked for", async () => {
        assert.equal(await run(), 0);
        assert.equal(github.comments.length, 1);
        const { body } = github.comments[0]!;
        assert.ok(body.startsWith(marker));
        assert.match(body, /### `dev`: in order/);
        assert.match(body, /### `prod`: no report/);
        assert.match(
            body,
            /commit `0123456789ab`, \[log of the run\]\(https:\/\/github.example\/team\/cloud\/actions\/runs\/7\)/,
        );
        assert.ok(github.requests.every(({ authorization }) => authorization === "Bearer token"));
    });

    it("brings its comment up to date, also one that stands behind many others", async () => {
        const other = (id: number) => ({ id, body: "looks good", user: id === 5 ? null : { login: "somebody" } });
        github.comments = Array.from({ length: 250 }, (_, id) => other(id));
        await run();
        await run();
        assert.equal(github.comments.length, 251);
        assert.deepEqual(
            github.requests.filter(({ method }) => method !== "GET").map(({ method, url }) => `${method} ${url}`),
            ["POST /repos/team/cloud/issues/12/comments", "PATCH /repos/team/cloud/issues/comments/1000"],
        );
    });

    it("leaves somebody else's comment alone, even one with its mark", async () => {
        github.comments = [{ id: 1, body: `${marker} mine`, user: { login: "somebody" } }];
        await run();
        assert.deepEqual(
            github.comments.map(({ body }) => body.includes("mine")),
            [true, false],
        );
    });

    it("says what GitHub says when it refuses, without the token", async () => {
        github.refuses = true;
        await assert.rejects(run(), (error: Error) => {
            assert.match(
                error.message,
                /GitHub answers 403 to GET \/repos\/team\/cloud\/.*not accessible by integration/,
            );
            assert.ok(!error.message.includes("token"));
            return true;
        });
    });

    it("names what is missing", async () => {
        await assert.rejects(main([], env), /--stack NAME is missing/);
        delete env.GH_TOKEN;
        await assert.rejects(run(), /the environment has no GH_TOKEN/);
    });
});
