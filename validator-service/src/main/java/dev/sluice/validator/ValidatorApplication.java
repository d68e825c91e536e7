package dev.sluice.validator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The validator as a service of its own. Its web server answers for health and metrics alone.
@SpringBootApplication(proxyBeanMethods = false)
public class ValidatorApplication {

    public static void main(String[] args) {
        SpringApplication.run(ValidatorApplication.class, args);
    }
}
