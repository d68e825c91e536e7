package dev.sluice.enricher;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The enricher as a service of its own. Its web server answers for health and metrics alone.
@SpringBootApplication(proxyBeanMethods = false)
public class EnricherApplication {

    public static void main(String[] args) {
        SpringApplication.run(EnricherApplication.class, args);
    }
}
