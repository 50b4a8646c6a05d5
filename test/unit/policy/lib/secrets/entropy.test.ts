import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import fc from "fast-check";
import { bitsPerCharacter, fromBase64, looksRandom, readable } from "../../../../../policy/lib/secrets/entropy";

const characters = (alphabet: string, minLength: number, maxLength: number) =>
    fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((parts) => parts.join(""));
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const bytes = (minLength: number, maxLength: number) =>
    fc.uint8Array({ minLength, maxLength }).map((data) => Buffer.from(data));

/** How many of a thousand samples look random; the samples are the same in each run. */
const found = (samples: fc.Arbitrary<string>) =>
    fc.sample(samples, { numRuns: 1000, seed: 42 }).filter(looksRandom).length;

describe("looksRandom", () => {
    it("finds nearly all random letters and digits", () => {
        const share = found(fc.noBias(characters(`${letters}0123456789`, 32, 64)));
        assert.ok(share >= 970, `${share} of 1000`);
    });

    it("finds nearly all random bytes in base64 and base64url", () => {
        for (const encoding of ["base64", "base64url"] as const) {
            const share = found(fc.noBias(bytes(24, 96)).map((data) => data.toString(encoding)));
            assert.ok(share >= 960, `${share} of 1000 in ${encoding}`);
        }
    });

    it("finds hexadecimal text that is no hash by its length", () => {
        assert.equal(looksRandom(createHash("sha512").update("x").digest("hex").slice(0, 100)), true);
    });

    it("takes no hash for a key", () => {
        const algorithms = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];
        fc.assert(
            fc.property(fc.string(), fc.constantFrom(...algorithms), fc.boolean(), (text, algorithm, upper) => {
                const digest = createHash(algorithm).update(text).digest("hex");
                return !looksRandom(upper ? digest.toUpperCase() : digest);
            }),
        );
    });

    it("takes no UUID, digest, ARN, URL, version, time or number for a key", () => {
        const digest = createHash("sha256").update("x").digest("hex");
        const base64 = createHash("sha512").update("x").digest("base64");
        for (const text of [
            randomUUID(),
            `sha256:${digest}`,
            `sha512-${base64}`,
            `registry.example.com/team/app@sha256:${digest}`,
            "arn:aws:iam::123456789012:role/Team1/AppRole2WithALongName3",
            "https://charts.example.com/Team1/App2/Chart3/index.yaml",
            "v1.31.4-rc.1+build.20260101T101010Z",
            "2026-11-24T08:37:53.741Z",
            "12345678901234567890123456789012",
            "justdb-backups-eccda75-20261124-eu-central-1",
        ])
            assert.equal(looksRandom(text), false, text);
    });

    it("takes no name in camel case for a key", () => {
        const words = "Cluster Policy Node Group Amazon Service Account Token Review Request Team Volume Claim".split(
            " ",
        );
        fc.assert(
            fc.property(
                fc.array(fc.constantFrom(...words, "V2", "EKS", "S3"), { minLength: 6, maxLength: 12 }),
                (parts) => {
                    const text = parts.join("");
                    return !looksRandom(text) || bitsPerCharacter(text) >= 4;
                },
            ),
        );
        for (const text of ["AmazonEKSClusterPolicyV2ForNodeGroup1", "ReadWriteOncePodWithVolumeClaimTemplate2"])
            assert.equal(looksRandom(text), false, text);
    });

    it("takes no name in parts for a key, as those of AWS' policies of TLS", () => {
        for (const name of [
            "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
            "ELBSecurityPolicy-FS-1-2-Res-2020-10",
        ])
            assert.equal(looksRandom(name), false, name);
    });

    it("takes no base64 of text for a key", () => {
        const word = fc.stringMatching(/^[a-zA-Z0-9 ,.:'-]{24,200}$/);
        fc.assert(fc.property(word, (text) => !looksRandom(Buffer.from(text).toString("base64"))));
    });

    it("takes no image, archive, certificate or public key in base64 for a key", () => {
        const random = createHash("sha512").update("x").digest();
        for (const start of [
            "1f8b08",
            "89504e470d0a1a0a",
            "ffd8ffe0",
            "504b0304",
            "308203",
            "0000000b7373682d65643235353139",
        ])
            assert.equal(
                looksRandom(Buffer.concat([Buffer.from(start, "hex"), random]).toString("base64")),
                false,
                start,
            );
    });

    it("takes no alphabet and no repetition for a key", () => {
        for (const text of ["ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abc", "aB1".repeat(12)])
            assert.equal(looksRandom(text), false, text);
    });

    it("takes nothing short for a key", () => {
        assert.equal(found(fc.noBias(characters(`${letters}0123456789`, 24, 31))), 0);
        fc.assert(fc.property(characters(`${letters}0123456789`, 0, 31), (text) => !looksRandom(text)));
    });
});

describe("bitsPerCharacter", () => {
    it("is 0 for one repeated character and 2 for four equal parts", () => {
        assert.equal(bitsPerCharacter("aaaa"), 0);
        assert.equal(bitsPerCharacter("abcdabcd"), 2);
    });
});

describe("base64", () => {
    it("gives back what was encoded, also in lines and without padding", () => {
        fc.assert(
            fc.property(bytes(8, 200), (data) => {
                const text = data.toString("base64");
                const lines = text.replace(/.{20}/g, "$&\n");
                for (const form of [text, lines, text.replace(/=+$/, ""), data.toString("base64url")])
                    assert.deepEqual(fromBase64(form), data);
            }),
        );
    });

    it("is not what has other characters or a length that base64 cannot have", () => {
        for (const text of ["with space!", "abc", "abcdefghi", "abcdefg=="]) assert.equal(fromBase64(text), undefined);
    });

    it("is readable only as text", () => {
        assert.equal(readable(Buffer.from("größer\n")), "größer\n");
        assert.equal(readable(Buffer.from([0xff, 0xfe])), undefined);
        assert.equal(readable(Buffer.from([0])), undefined);
    });
});
