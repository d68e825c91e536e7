package dev.sluice.fleet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// What a service's Prometheus endpoint says, at one moment.
///
/// @param samples values by name with labels, as written there
public record Metrics(Map<String, Double> samples) {

    static Metrics parse(String text) {
        Map<String, Double> samples = new LinkedHashMap<>();
        text.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(
                        line -> {
                            int space = line.lastIndexOf(' ');
                            if (space > 0) {
                                samples.put(
                                        line.substring(0, space),
                                        Double.valueOf(line.substring(space + 1)));
                            }
                        });
        return new Metrics(samples);
    }

    /// The sum over all samples of this name that carry all these labels.
    ///
    /// @param labels each as `name="value"`
    public double sum(String name, String... labels) {
        return samples.entrySet().stream()
                .filter(sample -> is(sample.getKey(), name))
                .filter(sample -> Stream.of(labels).allMatch(sample.getKey()::contains))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static boolean is(String sample, String name) {
        return sample.equals(name) || sample.startsWith(name + "{");
    }
}
