package cloud.justdb.health;

import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Actuator's health groups under the paths of the probes; Actuator itself can only add paths of one segment. */
@RestController
class HealthController {
    private final HealthEndpoint health;

    HealthController(HealthEndpoint health) {
        this.health = health;
    }

    @GetMapping("/health/live")
    ResponseEntity<HealthComponent> live() {
        return group("live");
    }

    @GetMapping("/health/ready")
    ResponseEntity<HealthComponent> ready() {
        return group("ready");
    }

    private ResponseEntity<HealthComponent> group(String name) {
        var component = health.healthForPath(name);
        return ResponseEntity.status(Status.UP.equals(component.getStatus()) ? 200 : 503).body(component);
    }
}
