package cloud.justdb.config;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Traces go where OpenTelemetry's own variables say, which Spring Boot does not read: OTEL_EXPORTER_OTLP_ENDPOINT and _PROTOCOL. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("otel.exporter.otlp.endpoint")
class TracingConfig {

    @Bean
    SpanExporter spanExporter(
            @Value("${otel.exporter.otlp.endpoint}") String endpoint,
            @Value("${otel.exporter.otlp.protocol:grpc}") String protocol) {
        return protocol.equals("grpc")
                ? OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build()
                : OtlpHttpSpanExporter.builder().setEndpoint(endpoint + "/v1/traces").build();
    }
}
