package cloud.justdb.store;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * Applied schemas as JSON: first this process's Caffeine, then Redis, which all replicas share. Versions never change,
 * so neither can be stale. Without Redis the answers come from S3: its failures are logged, not passed on.
 */
@Component
class SchemaCache {
    private static final Logger log = LoggerFactory.getLogger(SchemaCache.class);
    private static final Duration TTL = Duration.ofSeconds(300);

    private final Cache local;
    private final StringRedisTemplate redis;

    SchemaCache(CacheManager caches, StringRedisTemplate redis) {
        this.local = caches.getCache("schemas");
        this.redis = redis;
    }

    Optional<String> get(SchemaKey key) {
        var json = local.get(key.cacheKey(), String.class);
        if (json == null) {
            json = fromRedis(key);
            if (json != null) {
                local.put(key.cacheKey(), json);
            }
        }
        return Optional.ofNullable(json);
    }

    void put(SchemaKey key, String json) {
        local.put(key.cacheKey(), json);
        try {
            redis.opsForValue().set(key.cacheKey(), json, TTL);
        } catch (DataAccessException e) {
            log.warn("{} is not cached in Redis: {}", key.cacheKey(), e.getMessage());
        }
    }

    private String fromRedis(SchemaKey key) {
        try {
            return redis.opsForValue().get(key.cacheKey());
        } catch (DataAccessException e) {
            log.warn("{} is not read from Redis: {}", key.cacheKey(), e.getMessage());
            return null;
        }
    }
}
