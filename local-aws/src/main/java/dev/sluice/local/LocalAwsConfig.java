package dev.sluice.local;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// What [LocalAws] starts, and where.
///
/// @param data each service keeps its data in a folder of its name below; created when missing
/// @param services what is started
/// @param ports on 127.0.0.1; a service that is not named takes a free one
/// @param adminPort of the endpoint for faults, on 127.0.0.1; 0 takes a free one
/// @param bucket exists in S3 when it has started
public record LocalAwsConfig(
        Path data,
        Set<LocalService> services,
        Map<LocalService, Integer> ports,
        int adminPort,
        String bucket) {
    public LocalAwsConfig {
        if (services.isEmpty()) {
            throw new IllegalArgumentException("no service is wanted");
        }
        ports.forEach((service, port) -> requirePort(service.toString(), port));
        requirePort("the admin endpoint", adminPort);
        services = Collections.unmodifiableSet(EnumSet.copyOf(services));
        var copy = new EnumMap<LocalService, Integer>(LocalService.class);
        copy.putAll(ports);
        ports = Collections.unmodifiableMap(copy);
    }

    /// Every service on a free port, and the bucket `sluice`.
    public static LocalAwsConfig in(Path data) {
        return new LocalAwsConfig(data, ServiceStarter.known(), Map.of(), 0, "sluice");
    }

    public LocalAwsConfig withServices(LocalService first, LocalService... more) {
        return new LocalAwsConfig(data, EnumSet.of(first, more), ports, adminPort, bucket);
    }

    public LocalAwsConfig withPorts(Map<LocalService, Integer> newPorts) {
        return new LocalAwsConfig(data, services, newPorts, adminPort, bucket);
    }

    public LocalAwsConfig withAdminPort(int port) {
        return new LocalAwsConfig(data, services, ports, port, bucket);
    }

    public LocalAwsConfig withBucket(String name) {
        return new LocalAwsConfig(data, services, ports, adminPort, name);
    }

    Path folder(LocalService service) {
        return data.toAbsolutePath().normalize().resolve(service.toString());
    }

    int port(LocalService service) {
        return ports.getOrDefault(service, 0);
    }

    private static void requirePort(String of, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port of " + of + " must be 0 to 65535: " + port);
        }
    }
}
