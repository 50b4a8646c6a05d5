import assert from "node:assert/strict";
import fc from "fast-check";
import { bytes, formatBytes, formatMillicores, millicores, postgresBytes } from "../../../../components/lib/units";

describe("units", () => {
    it("reads CPU", () => {
        assert.equal(millicores("500m"), 500);
        assert.equal(millicores("2000m"), 2000);
        assert.equal(millicores("2"), 2000);
        assert.equal(millicores("0.25"), 250);
        for (const wrong of ["", "m", "1.5m", "-1", "2 cores", "1e3"]) {
            assert.equal(millicores(wrong), undefined, wrong);
        }
    });

    it("reads memory", () => {
        assert.equal(bytes("512Mi"), 512 * 2 ** 20);
        assert.equal(bytes("1.5Gi"), 1.5 * 2 ** 30);
        assert.equal(bytes("1G"), 1e9);
        for (const wrong of ["", "Mi", "2 Gi", "2GB", "-1Gi", "1gi"]) {
            assert.equal(bytes(wrong), undefined, wrong);
        }
    });

    it("reads PostgreSQL's sizes", () => {
        assert.equal(postgresBytes("64MB"), 64 * 2 ** 20);
        assert.equal(postgresBytes("64Mi"), undefined);
    });

    it("reads what it writes", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 1_000_000 }), (n) => {
                assert.equal(millicores(formatMillicores(n)), n);
                assert.equal(bytes(formatBytes(n * 2 ** 20)), n * 2 ** 20);
            }),
        );
    });
});
