package dev.sluice.runtime.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Whether a part works.
///
/// @param why for a person at three in the morning: what is wrong and with which object; empty when
///     all is well
/// @param details figures worth seeing, such as iterator age, in the order in which to show them
public record HealthReport(boolean up, String why, Map<String, String> details) {

    public HealthReport {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    public static HealthReport up(Map<String, String> details) {
        return new HealthReport(true, "", details);
    }

    public static HealthReport down(String why, Map<String, String> details) {
        return new HealthReport(false, why, details);
    }
}
