package cloud.justdb.store;

import cloud.justdb.config.JustDbProperties;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The schemas bucket. Encryption and versions are the bucket's own business. */
@Component
class SchemaObjects {
    private final S3Client s3;
    private final String bucket;

    SchemaObjects(S3Client s3, JustDbProperties properties) {
        this.s3 = s3;
        this.bucket = properties.storage().s3().bucket();
    }

    String url(SchemaKey key) {
        return "s3://" + bucket + "/" + key.objectKey();
    }

    void put(SchemaKey key, byte[] schema) {
        s3.putObject(
                request -> request.bucket(bucket).key(key.objectKey()).contentType("application/json"),
                RequestBody.fromBytes(schema));
    }

    byte[] get(SchemaKey key) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key.objectKey()))
                .asByteArrayUnsafe();
    }
}
