import assert from "node:assert/strict";
import { alertsPage } from "../../../../tools/docs/alerts";
import { everyAlert } from "../../../../tools/lib/every-alert";

describe("the page of alerts", () => {
    it("has one row for each, whose texts leave open what is known only when it fires", () => {
        const rows = alertsPage()
            .split("\n")
            .filter((line) => line.startsWith("| `JustDb"));
        assert.deepEqual(
            rows.map((line) => /`(\w+)`/.exec(line)![1]),
            everyAlert.flatMap(({ alerts }) => alerts.map(({ alert }) => alert)),
        );
        for (const line of rows) assert.ok(!line.includes("{{") && line.split(" | ").length === 5, line);
    });
});
