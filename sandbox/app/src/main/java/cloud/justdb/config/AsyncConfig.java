package cloud.justdb.config;

import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;

/** justdb.execution.async: a pool of fixed size with a bounded queue, or the caller's own thread when switched off. */
@Configuration(proxyBeanMethods = false)
class AsyncConfig {

    @Bean
    TaskExecutor execution(JustDbProperties properties, ThreadPoolTaskExecutorBuilder pools) {
        var async = properties.execution().async();
        if (!async.enabled()) {
            return new SyncTaskExecutor();
        }
        return pools.corePoolSize(async.threadPoolSize())
                .maxPoolSize(async.threadPoolSize())
                .queueCapacity(async.queueCapacity())
                .threadNamePrefix("execution-")
                .build();
    }
}
