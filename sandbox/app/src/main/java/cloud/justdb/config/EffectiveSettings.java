package cloud.justdb.config;

import com.zaxxer.hikari.HikariDataSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.cache.CacheManager;
import org.springframework.cache.caffeine.CaffeineCache;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;

/** What the framework made of application.yml, asked from its own objects, at /actuator/info. Never a secret. */
@Component
class EffectiveSettings implements InfoContributor {
    private final JustDbProperties properties;
    private final HikariDataSource pool;
    private final CaffeineCache cache;
    private final TaskExecutor execution;

    EffectiveSettings(
            JustDbProperties properties, HikariDataSource pool, CacheManager caches, TaskExecutor execution) {
        this.properties = properties;
        this.pool = pool;
        this.cache = (CaffeineCache) caches.getCache("schemas");
        this.execution = execution;
    }

    @Override
    public void contribute(Info.Builder info) {
        info.withDetail("settings", Map.of("hikari", hikari(), "cache", cache(), "async", async(), "justdb", justdb()));
    }

    private Map<String, Object> hikari() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("maximumPoolSize", pool.getMaximumPoolSize());
        settings.put("minimumIdle", pool.getMinimumIdle());
        settings.put("connectionTimeout", pool.getConnectionTimeout());
        settings.put("idleTimeout", pool.getIdleTimeout());
        settings.put("maxLifetime", pool.getMaxLifetime());
        settings.put("connectionTestQuery", pool.getConnectionTestQuery());
        settings.put("registerMbeans", pool.isRegisterMbeans());
        return settings;
    }

    private Map<String, Object> cache() {
        var policy = cache.getNativeCache().policy();
        return Map.of(
                "maximumSize", policy.eviction().map(eviction -> eviction.getMaximum()).orElse(-1L),
                "expireAfterWriteSeconds",
                        policy.expireAfterWrite()
                                .map(expiry -> expiry.getExpiresAfter().toSeconds())
                                .orElse(-1L));
    }

    private Map<String, Object> async() {
        if (!(execution instanceof ThreadPoolTaskExecutor threads)) {
            return Map.of("enabled", false);
        }
        return Map.of(
                "enabled", true,
                "threadPoolSize", threads.getMaxPoolSize(),
                "queueCapacity", threads.getQueueCapacity());
    }

    private Map<String, Object> justdb() {
        var s3 = properties.storage().s3();
        return Map.of(
                "jwtExpirationSeconds", properties.api().jwt().expiration().toSeconds(),
                "apiKeyDefaultExpiryDays", properties.api().apiKey().defaultExpiry().toDays(),
                "apiKeyMinLength", properties.api().apiKey().minLength(),
                "bucket", s3.bucket(),
                "region", s3.region(),
                "endpoint", s3.endpoint() == null ? "" : s3.endpoint().toString(),
                "pathStyleAccess", s3.pathStyleAccess());
    }
}
