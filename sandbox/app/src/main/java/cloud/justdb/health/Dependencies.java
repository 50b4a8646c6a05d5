package cloud.justdb.health;

import cloud.justdb.store.Tables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * PostgreSQL with its tables, and Redis, asked at the same time and waited for no longer than DEADLINE_MS: the probe gives
 * up after 3 s, while Hikari may wait 30 s for a connection.
 */
@Component("dependencies")
class Dependencies implements HealthIndicator {
    private static final long DEADLINE_MS = 2_000;

    private final ExecutorService executor = Executors.newFixedThreadPool(2, task -> {
        var thread = new Thread(task, "dependency-check");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Check> checks = new LinkedHashMap<>();

    Dependencies(Tables tables, LettuceConnectionFactory redis) {
        checks.put("postgresql", new Check("postgresql", tables::check, executor));
        checks.put("redis", new Check("redis", () -> ping(redis), executor));
    }

    /** The first question opens the connections; nobody waits for it. */
    @EventListener(ApplicationReadyEvent.class)
    void askOnce() {
        checks.values().forEach(Check::ask);
    }

    @Override
    public Health health() {
        var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MS);
        var answers = new LinkedHashMap<String, CompletableFuture<Boolean>>();
        checks.forEach((name, check) -> answers.put(name, check.ask()));
        var health = Health.up();
        answers.forEach((name, answer) -> {
            var up = within(deadline, answer);
            checks.get(name).report(up);
            health.withDetail(name, up ? "UP" : "DOWN");
            if (!up) {
                health.down();
            }
        });
        return health.build();
    }

    private static boolean within(long deadline, CompletableFuture<Boolean> answer) {
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void ping(LettuceConnectionFactory factory) {
        try (var connection = factory.getConnection()) {
            connection.ping();
        } catch (RuntimeException e) {
            // a peer that vanished without a word would hold the shared connection for TCP's own patience
            factory.resetConnection();
            throw e;
        }
    }
}
