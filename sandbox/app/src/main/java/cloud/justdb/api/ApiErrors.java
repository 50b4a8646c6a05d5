package cloud.justdb.api;

import cloud.justdb.store.SchemaStore.UnknownVersion;
import cloud.justdb.store.SchemaStore.VersionTaken;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import software.amazon.awssdk.core.exception.SdkException;

/** What went wrong, for the client: its own mistakes in detail, ours without the inside. */
@RestControllerAdvice
class ApiErrors {
    record Failure(int status, String message, List<String> problems) {}

    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Failure invalid(InvalidSchema e) {
        return new Failure(400, e.getMessage(), e.problems());
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Failure invalid(IllegalArgumentException e) {
        return new Failure(400, e.getMessage(), null);
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Failure unreadable(HttpMessageNotReadableException e) {
        if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
            return new Failure(400, "Unknown field " + unknown.getPropertyName(), null);
        }
        var reason = e.getCause() instanceof JsonProcessingException json ? json.getOriginalMessage() : "no JSON body";
        return new Failure(400, "The request is not readable: " + reason, null);
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.NOT_FOUND)
    Failure unknown(UnknownVersion e) {
        return new Failure(404, e.getMessage(), null);
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.CONFLICT)
    Failure taken(VersionTaken e) {
        return new Failure(409, e.getMessage(), null);
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    Failure database(RuntimeException e) {
        log.warn("database: {}", e.getMessage());
        return new Failure(503, "The database does not answer", null);
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_GATEWAY)
    Failure storage(SdkException e) {
        log.warn("storage: {}", e.getMessage());
        return new Failure(502, "The schema storage refused the request or does not answer", null);
    }
}
