import assert from "node:assert/strict";
import { longestPauseHours, weeklyAfter } from "../../../../components/lib/schedule";

describe("schedule", () => {
    const pauses: Record<string, number> = {
        never: 0,
        "@hourly": 1,
        "@daily": 24,
        "@weekly": 168,
        "@monthly": 31 * 24,
        "15 2 * * *": 24,
        "*/15 * * * *": 0.25,
        "0 */5 * * *": 5,
        "0 8-17 * * MON-FRI": 63,
        // From July to January.
        "0 0 1 jan,jul *": 184 * 24,
        // The first of a month, or a Monday.
        "0 0 1 * 1": 168,
        // Four years, with one leap day.
        "0 0 29 2 *": 1461 * 24,
        "0 0 30 2 *": 0,
        "5/20 1 * * 0": 167 + 20 / 60,
        "*/90 * * * *": 1,
        "0 0 * * sun-sun": 168,
    };
    for (const [schedule, hours] of Object.entries(pauses)) {
        it(`${schedule}: pauses for ${hours} h at most`, () => {
            assert.equal(longestPauseHours(schedule), hours);
        });
    }

    it("is followed after Sunday's run, on the day that it is by then", () => {
        assert.equal(weeklyAfter("15 2 * * *", 6), "15 8 * * 0");
        assert.equal(weeklyAfter("@daily", 6), "0 6 * * 0");
        assert.equal(weeklyAfter("30 21 * * *", 6), "30 3 * * 1");
        assert.equal(weeklyAfter("15 2 * * *", 24), "15 2 * * 1");
        assert.equal(weeklyAfter("15 2 * * *", 168), "15 2 * * 0");
        for (const other of ["never", "@weekly", "@hourly", "0 */6 * * *", "0 8 * * MON-FRI", "0 0 1 * *"]) {
            assert.equal(weeklyAfter(other, 6), undefined, other);
        }
    });
});
