package cloud.justdb.api;

import cloud.justdb.schema.Schema;
import cloud.justdb.schema.SchemaDiff;
import cloud.justdb.schema.SchemaSql;
import cloud.justdb.schema.SchemaValidator;
import cloud.justdb.store.SchemaKey;
import cloud.justdb.store.SchemaStore;
import cloud.justdb.store.SchemaVersion;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/schemas")
class SchemaController {
    record Apply(String environment, String version, String name, Schema schema) {}

    record Diff(Schema from, Schema to) {}

    record Single(Schema schema) {}

    record Validity(boolean valid, List<String> problems) {}

    private final SchemaStore store;

    SchemaController(SchemaStore store) {
        this.store = store;
    }

    @PostMapping("/apply")
    SchemaVersion apply(@RequestBody Apply request, Principal principal) {
        var key = new SchemaKey(request.environment(), request.name(), request.version());
        return store.apply(key, valid("schema", request.schema()), principal.getName());
    }

    @GetMapping(path = "/{environment}/{name}/{version}", produces = MediaType.APPLICATION_JSON_VALUE)
    String get(@PathVariable String environment, @PathVariable String name, @PathVariable String version) {
        return store.get(new SchemaKey(environment, name, version));
    }

    @PostMapping("/diff")
    Map<String, List<SchemaDiff.Change>> diff(@RequestBody Diff request) {
        return Map.of("changes", SchemaDiff.between(valid("from", request.from()), valid("to", request.to())));
    }

    @PostMapping("/validate")
    Validity validate(@RequestBody Single request) {
        var problems = SchemaValidator.problems("schema", request.schema());
        return new Validity(problems.isEmpty(), problems);
    }

    @PostMapping("/generate-sql")
    Map<String, String> generateSql(@RequestBody Single request) {
        return Map.of("sql", SchemaSql.create(valid("schema", request.schema())));
    }

    private static Schema valid(String field, Schema schema) {
        var problems = SchemaValidator.problems(field, schema);
        if (!problems.isEmpty()) {
            throw new InvalidSchema(problems);
        }
        return schema;
    }
}
