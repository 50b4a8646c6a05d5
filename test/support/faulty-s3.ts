// The S3 API with faults: a proxy before the sandbox's, which a test tells what to do with each request.
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { awsEndpoint, nodeAddress } from "../../sandbox";

/**
 * Passed on, refused with 503, cut off in the middle of the request or of the answer, or before
 * its content, or left without an answer.
 */
export type Fault = "none" | "busy" | "cut request" | "cut answer" | "no content" | "silence";

/** What happens to a request, which waits for the answer; `index` counts the requests since the last change. */
export type Rule = (request: http.IncomingMessage, index: number) => Fault | Promise<Fault>;

const busy = `<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>`;

export class FaultyS3 {
    private rule: Rule = () => "none";
    private count = 0;
    /** How many requests met each fault since the last change. */
    met: Partial<Record<Fault, number>> = {};
    private readonly server = http.createServer((request, response) => void this.handle(request, response));

    async start(): Promise<void> {
        await new Promise<void>((resolve) => this.server.listen(0, nodeAddress, resolve));
    }

    get url(): string {
        return `http://${nodeAddress}:${(this.server.address() as AddressInfo).port}`;
    }

    become(rule: Rule): void {
        this.rule = rule;
        this.count = 0;
        this.met = {};
    }

    stop(): void {
        this.server.close();
        this.server.closeAllConnections();
    }

    private async handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
        const fault = await this.rule(request, this.count++);
        this.met[fault] = (this.met[fault] ?? 0) + 1;
        if (fault === "silence") return;
        if (fault === "cut request") {
            request.once("data", () => request.destroy());
            return;
        }
        if (fault === "busy") {
            request.resume();
            request.on("end", () => response.writeHead(503, { "content-type": "application/xml" }).end(busy));
            return;
        }
        // The signature covers the host by which the client knows the proxy: it is passed on as it came.
        const { method, headers, url } = request;
        const onwards = http.request(`${awsEndpoint}${url}`, { method, headers }, (answer) => {
            response.writeHead(answer.statusCode!, answer.rawHeaders);
            if (fault === "none") return void answer.pipe(response);
            response.flushHeaders();
            answer.once("data", (chunk: Buffer) => {
                const sent = fault === "no content" ? 0 : chunk.length / 2;
                response.write(chunk.subarray(0, sent), () => setTimeout(() => response.destroy(), 50));
            });
        });
        onwards.on("error", () => response.destroy());
        request.pipe(onwards);
    }
}
