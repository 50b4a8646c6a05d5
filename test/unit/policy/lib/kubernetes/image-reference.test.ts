import assert from "node:assert/strict";
import { imageReference } from "../../../../../policy/lib/kubernetes/image-reference";

const digest = `sha256:${"0f".repeat(32)}`;

/** As one text, so that the table below can be read. */
function parsed(text: string): string | undefined {
    const reference = imageReference(text);
    return reference && [reference.registry, reference.repository, reference.tag, reference.digest].join(" ");
}

describe("an image reference", () => {
    it("is taken apart as container runtimes do it", () => {
        const table: Record<string, string> = {
            nginx: "docker.io library/nginx  ",
            "nginx:1.29": "docker.io library/nginx 1.29 ",
            "justdb/cloud:1.0.0": "docker.io justdb/cloud 1.0.0 ",
            "docker.io/nginx": "docker.io library/nginx  ",
            "index.docker.io/nginx": "docker.io library/nginx  ",
            "localhost/app": "localhost app  ",
            "localhost:5000/app": "localhost:5000 app  ",
            "localhost:5000": "docker.io library/localhost 5000 ",
            "registry:5000/app:1": "registry:5000 app 1 ",
            "registry.example.com/a/b/c:v1_2-3": "registry.example.com a/b/c v1_2-3 ",
            "Registry/app": "registry app  ",
            "[::1]:5000/app:1": "[::1]:5000 app 1 ",
            [`ghcr.io/a/b:1@${digest}`]: `ghcr.io a/b 1 ${digest}`,
            [`ghcr.io/a/b@${digest}`]: `ghcr.io a/b  ${digest}`,
        };
        for (const [text, expected] of Object.entries(table)) assert.equal(parsed(text), expected, text);
    });

    it("is nothing when the text is none", () => {
        for (const text of [
            "",
            " ",
            "nginx ",
            "Nginx",
            "ghcr.io/App:1",
            "nginx:",
            "nginx@",
            "nginx@sha256:0f",
            `nginx@md5:${"0f".repeat(32)}`,
            `nginx@${digest}@${digest}`,
            "/nginx",
            "nginx/",
            "a//b",
            "ghcr.io/../nginx:1",
            "-ghcr.io/nginx:1",
            "ghcr.io:port/nginx:1",
            `nginx:${"a".repeat(129)}`,
        ]) {
            assert.equal(imageReference(text), undefined, text);
        }
    });
});
