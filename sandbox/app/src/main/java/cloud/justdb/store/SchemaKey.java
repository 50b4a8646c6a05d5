package cloud.justdb.store;

import java.util.regex.Pattern;

/** Which schema: the place of its object, its row and its cache entry follow from it. */
public record SchemaKey(String environment, String name, String version) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final int MAX_LENGTH = 50;

    public SchemaKey {
        check("environment", environment);
        check("name", name);
        check("version", version);
    }

    public String objectKey() {
        return "schemas/" + environment + "/" + name + "/" + version + ".json";
    }

    public String cacheKey() {
        return "schema:" + environment + ":" + name + ":" + version;
    }

    private static void check(String field, String value) {
        if (value == null || value.length() > MAX_LENGTH || !PART.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    field + ": letters, digits, '.', '_' and '-' are allowed, " + MAX_LENGTH + " at most");
        }
    }
}
