-- The tables of the deployment guide.
CREATE TABLE api_keys (
    id BIGSERIAL PRIMARY KEY,
    key VARCHAR(64) UNIQUE NOT NULL,
    name VARCHAR(100) NOT NULL,
    permissions TEXT NOT NULL,
    allowed_databases TEXT,
    expires_at TIMESTAMP,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    revoked_at TIMESTAMP NULL
);
CREATE TABLE audit_logs (
    id BIGSERIAL PRIMARY KEY,
    api_key_id BIGINT REFERENCES api_keys(id),
    operation VARCHAR(50) NOT NULL,
    schema_url TEXT,
    database_url VARCHAR(500),
    status VARCHAR(20),
    error_message TEXT,
    timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE schema_versions (
    id BIGSERIAL PRIMARY KEY,
    environment VARCHAR(50) NOT NULL,
    schema_url TEXT,
    version VARCHAR(50),
    changes JSONB,
    checksum VARCHAR(64),
    applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    applied_by VARCHAR(100)
);
