package cloud.justdb.config;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/** Everything below `justdb` in application.yml. No defaults: a missing or impossible value stops the start. */
@ConfigurationProperties("justdb")
public record JustDbProperties(Api api, Execution execution, Storage storage) {
    public JustDbProperties {
        require(api != null, "justdb.api is missing");
        require(execution != null && execution.async != null, "justdb.execution.async is missing");
        require(storage != null && storage.s3 != null, "justdb.storage.s3 is missing");
    }

    public record Api(Jwt jwt, ApiKey apiKey) {
        public Api {
            require(jwt != null, "justdb.api.jwt is missing");
            require(apiKey != null, "justdb.api.api-key is missing");
        }
    }

    public record Jwt(String secret, @DurationUnit(ChronoUnit.SECONDS) Duration expiration) {
        public Jwt {
            require(secret != null && secret.length() >= 32, "justdb.api.jwt.secret needs 32 characters or more");
            require(isPositive(expiration), "justdb.api.jwt.expiration must be positive");
        }

        @Override
        public String toString() {
            return "Jwt[expiration=" + expiration + "]";
        }
    }

    public record ApiKey(@DurationUnit(ChronoUnit.DAYS) Duration defaultExpiry, int minLength) {
        public ApiKey {
            require(isPositive(defaultExpiry), "justdb.api.api-key.default-expiry must be positive");
            require(minLength > 0, "justdb.api.api-key.min-length must be positive");
        }
    }

    public record Execution(Async async) {}

    public record Async(boolean enabled, int threadPoolSize, int queueCapacity) {
        public Async {
            require(!enabled || threadPoolSize > 0, "justdb.execution.async.thread-pool-size must be positive");
            require(queueCapacity >= 0, "justdb.execution.async.queue-capacity must not be negative");
        }
    }

    public record Storage(S3 s3) {}

    public record S3(String bucket, String region, URI endpoint, boolean pathStyleAccess) {
        public S3 {
            require(bucket != null && !bucket.isBlank(), "justdb.storage.s3.bucket is missing");
            require(region != null && !region.isBlank(), "justdb.storage.s3.region is missing");
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration != null && !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
