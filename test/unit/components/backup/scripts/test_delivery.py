import delivery


def rollout(status, strategy=None, **spec):
    """One whose controller knows its newest spec, unless the status tells otherwise."""
    return {
        "metadata": {"generation": 7},
        "spec": {"strategy": strategy or {"canary": {}}, **spec},
        "status": {"observedGeneration": "7", **status},
    }


HEALTHY = {"phase": "Healthy", "currentPodHash": "new", "stableRS": "new"}


def state(*args, **spec):
    return delivery.progress(rollout(*args, **spec)).state


def test_is_done_when_the_newest_version_is_the_stable_one():
    assert state(HEALTHY) == "done"
    assert state({**HEALTHY, "stableRS": "old"}) == "moving"


def test_believes_nothing_of_the_change_before():
    assert state({**HEALTHY, "observedGeneration": "6"}) == "moving"
    assert delivery.progress({"metadata": {"generation": 1}, "spec": {"strategy": {}}}).state == "moving"


def test_is_done_in_blue_green_when_the_service_sends_to_it():
    blue_green = {"blueGreen": {}}
    assert state({**HEALTHY, "blueGreen": {"activeSelector": "new"}}, blue_green) == "done"
    assert state({**HEALTHY, "blueGreen": {"activeSelector": "old"}}, blue_green) == "moving"


def test_waits_for_a_step_and_asks_somebody_for_the_rest():
    def paused(reason, strategy=None, **spec):
        return state({"pauseConditions": [{"reason": reason}], "currentStepIndex": 1}, strategy, **spec)

    steps = {"canary": {"steps": [{"setWeight": 10}, {"pause": {"duration": "60s"}}]}}
    assert paused("CanaryPauseStep", steps) == "moving"
    assert paused("CanaryPauseStep", {"canary": {"steps": [{"setWeight": 10}, {"pause": {}}]}}) == "person"
    assert paused("BlueGreenPause", {"blueGreen": {}}) == "person"
    assert paused("InconclusiveAnalysisRun", steps) == "person"
    assert state({"phase": "Paused"}, paused=True) == "person"


def test_tells_why_a_version_was_taken_back():
    told = delivery.progress(
        rollout(
            {
                "abort": True,
                "phase": "Degraded",
                "message": "RolloutAborted: aborted",
                "conditions": [{"type": "Progressing", "message": "Rollout aborted update to revision 2: too slow"}],
            }
        )
    )
    assert told == ("failed", "Rollout aborted update to revision 2: too slow")


def test_calls_what_does_not_go_on_stuck():
    assert state({"phase": "Degraded", "message": "ProgressDeadlineExceeded: ..."}) == "stuck"


def run(created, phase, *results):
    return {
        "metadata": {"creationTimestamp": created},
        "spec": {"metrics": [{"name": "error-percent", "successCondition": "result[0] <= 5"}]},
        "status": {"phase": phase, "metricResults": list(results)},
    }


def test_tells_the_value_that_the_newest_analysis_refused():
    measured = {
        "name": "error-percent",
        "phase": "Failed",
        "measurements": [{"phase": "Successful", "value": "[1]"}, {"phase": "Failed", "value": "[41.5]"}],
    }
    older = run("2026-01-01T00:00:00Z", "Error", {"name": "p95", "phase": "Error", "message": "no answer"})
    newer = run("2026-01-02T00:00:00Z", "Failed", measured, {"name": "requests", "phase": "Successful"})
    assert delivery.verdicts([newer, older]) == "error-percent was [41.5]; asked for is result[0] <= 5"
    assert delivery.verdicts([older]) == "p95 could not be measured: no answer"
    assert delivery.verdicts([run("2026-01-03T00:00:00Z", "Successful")]) == ""
