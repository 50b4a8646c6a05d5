package cloud.justdb.api;

import java.util.List;

final class InvalidSchema extends RuntimeException {
    private final List<String> problems;

    InvalidSchema(List<String> problems) {
        super("The schema has " + problems.size() + " problem(s): " + String.join("; ", problems));
        this.problems = problems;
    }

    List<String> problems() {
        return problems;
    }
}
