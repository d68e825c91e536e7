package dev.sluice.loader;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The loader as a service of its own. Its web server answers for health and metrics alone.
@SpringBootApplication(proxyBeanMethods = false)
public class LoaderApplication {

    public static void main(String[] args) {
        SpringApplication.run(LoaderApplication.class, args);
    }
}
