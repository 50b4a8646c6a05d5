package cloud.justdb.config;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** X-App-Version on every answer, the refused ones too: a rollout can be watched from outside. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class VersionHeader extends OncePerRequestFilter {
    private final String version;

    VersionHeader(@Value("${info.app.version}") String version) {
        this.version = version;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-App-Version", version);
        chain.doFilter(request, response);
    }
}
