package dev.sluice.loader.quality;

import dev.sluice.loader.quality.Finding.Subject;
import dev.sluice.loader.quality.Hour.Events;
import dev.sluice.loader.quality.Hour.Presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is unusual about an hour. Pure.
final class QualityRules {

    /// How long a type that nobody sent before is told as new.
    private static final Duration NEW = Duration.ofDays(1);

    /// Refusals are told when they are more than so many times what is usual.
    private static final double TIMES_USUAL = 2;

    private final KnownTypes known;
    private final QualityLimits limits;

    QualityRules(KnownTypes known, QualityLimits limits) {
        this.known = known;
        this.limits = limits;
    }

    /// @param hours the one to judge at 0, and the same hour of earlier days by how many days ago
    /// @param complete whether all its events have arrived; if not, their number says nothing
    List<Finding> judge(Map<Integer, Hour> hours, boolean complete) {
        List<Finding> findings = new ArrayList<>();
        Hour now = hours.getOrDefault(0, Hour.EMPTY);
        History<TypeKey, Double> rejected = History.of(hours, Hour::rejectedShares);
        now.types().forEach((key, events) -> rejections(key, events, rejected, findings));
        if (complete) {
            History<TypeOfTenant, Long> volumes = History.of(hours, Hour::volumes);
            volumes.keys().forEach(type -> volume(type, volumes, findings));
        }
        History<FieldKey, Presence> fields = History.of(hours, Hour::fields);
        now.fields().forEach((key, presence) -> nulls(key, presence, fields, findings));
        return List.copyOf(findings);
    }

    /// @param end of the hour
    /// @param firstSeen when events of each type were first counted
    List<Finding> newTypes(Instant end, Map<TypeOfTenant, Instant> firstSeen) {
        List<Finding> findings = new ArrayList<>();
        firstSeen.forEach(
                (type, since) -> {
                    if (isUnknown(type) && since.isAfter(end.minus(NEW))) {
                        findings.add(
                                finding(
                                        Signal.UNKNOWN_TYPE,
                                        new TypeKey(type.tenant(), "", type.eventType(), ""),
                                        "",
                                        1,
                                        0,
                                        "nobody sent this type before, and it has no contract;"
                                                + " first in the ten minutes from "
                                                + since));
                    }
                });
        return List.copyOf(findings);
    }

    private void rejections(
            TypeKey key, Events events, History<TypeKey, Double> shares, List<Finding> findings) {
        if (events.rejected() < limits.minRejected() || isUnknown(key.typeOfTenant())) {
            return;
        }
        double observed = shares.now().getOrDefault(key, 0.0);
        double usual = Usual.of(shares.known(key)).map(Usual::median).orElse(0.0);
        if (observed > limits.rejectedShare() && observed > TIMES_USUAL * usual) {
            findings.add(
                    finding(
                            Signal.REJECTIONS,
                            key,
                            "",
                            observed,
                            usual,
                            "%s of the events of the last hour were refused, %s are usual"
                                    .formatted(percent(observed), percent(usual))));
        }
    }

    private void volume(
            TypeOfTenant type, History<TypeOfTenant, Long> volumes, List<Finding> findings) {
        double observed = volumes.now().getOrDefault(type, 0L);
        Usual usual =
                Usual.of(volumes.since(type, 0L).stream().map(Long::doubleValue).toList())
                        .orElse(null);
        if (usual == null || isUnknown(type) || !usual.isExceptional(observed)) {
            return;
        }
        double factor = limits.volumeFactor();
        boolean fell = usual.median() >= limits.minEvents() && observed < usual.median() / factor;
        boolean rose = observed >= limits.minEvents() && observed > usual.median() * factor;
        if (fell || rose) {
            findings.add(
                    finding(
                            Signal.VOLUME,
                            new TypeKey(type.tenant(), "", type.eventType(), ""),
                            "",
                            observed,
                            usual.median(),
                            String.format(
                                    Locale.ROOT,
                                    "%,.0f events in the last hour, %,.0f are usual at this time",
                                    observed,
                                    usual.median())));
        }
    }

    private void nulls(
            FieldKey key,
            Presence presence,
            History<FieldKey, Presence> fields,
            List<Finding> findings) {
        double observed = presence.missingShare();
        Usual usual =
                Usual.of(fields.known(key).stream().map(Presence::missingShare).toList())
                        .orElse(null);
        if (usual != null
                && presence.events() >= limits.minEvents()
                && observed - usual.median() >= limits.nullIncrease()
                && usual.isExceptional(observed)) {
            findings.add(
                    finding(
                            Signal.NULLS,
                            new TypeKey(key.tenant(), "", key.eventType(), ""),
                            key.field(),
                            observed,
                            usual.median(),
                            "%s of the events of the last hour have no %s, %s are usual"
                                    .formatted(
                                            percent(observed),
                                            key.field(),
                                            percent(usual.median()))));
        }
    }

    private boolean isUnknown(TypeOfTenant type) {
        return !type.eventType().isEmpty() && !known.has(type);
    }

    private Finding finding(
            Signal signal,
            TypeKey type,
            String field,
            double observed,
            double usual,
            String message) {
        return new Finding(
                new Subject(signal, type, field),
                known.owner(type.typeOfTenant()).orElse(null),
                observed,
                usual,
                message);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
