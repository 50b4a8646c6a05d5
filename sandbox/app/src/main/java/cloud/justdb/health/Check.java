package cloud.justdb.health;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A question to one dependency. While it is unanswered it is not asked again: a late answer serves the next asker. */
final class Check {
    private static final Logger log = LoggerFactory.getLogger(Check.class);

    private final String name;
    private final Runnable question;
    private final Executor executor;
    private CompletableFuture<Boolean> open = CompletableFuture.completedFuture(false);
    private Boolean reported;

    Check(String name, Runnable question, Executor executor) {
        this.name = name;
        this.question = question;
        this.executor = executor;
    }

    synchronized CompletableFuture<Boolean> ask() {
        if (open.isDone()) {
            open = CompletableFuture.supplyAsync(this::answers, executor);
        }
        return open;
    }

    /** One line in the log for each change, not for each probe. */
    synchronized void report(boolean up) {
        if (reported == null || reported != up) {
            reported = up;
            log.info("{} {}", name, up ? "is ready" : "is not ready");
        }
    }

    private boolean answers() {
        try {
            question.run();
            return true;
        } catch (RuntimeException e) {
            log.debug("{}: {}", name, e.getMessage());
            return false;
        }
    }
}
