package dev.sluice.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// What happens when. The same seed, duration and tasks give the same schedule.
///
/// How much happens follows from the duration alone: in ten minutes at least 20 kills and 4
/// reshards, in a minute at least one kill of each service and 2 reshards.
public record CrashSchedule(List<Timed> actions) {

    /// Nothing happens before this part of the duration, while traffic begins.
    private static final double LEAD = 0.04;

    /// And nothing begins after it, so that the last faults still meet traffic.
    private static final double LAST = 0.94;

    public CrashSchedule {
        actions = List.copyOf(actions);
    }

    /// @param at since traffic began
    public record Timed(Duration at, CrashAction action) {}

    /// @param tasks as they are named in the fleet, each `service-number`
    /// @param streams each with two open shards
    public static CrashSchedule of(
            long seed, Duration duration, List<String> tasks, List<String> streams) {
        return of(seed, duration, tasks, streams, List.of());
    }

    /// @param besides what works beside the fleet and is killed as well; may be empty
    static CrashSchedule of(
            long seed,
            Duration duration,
            List<String> tasks,
            List<String> streams,
            List<String> besides) {
        Random dice = new Random(seed);
        ActionDice actions = new ActionDice(dice, tasks, streams, besides);
        double minutes = duration.toMillis() / 60_000.0;
        Map<Supplier<CrashAction>, Integer> amounts = new LinkedHashMap<>();
        amounts.put(actions::kill, atLeast(actions.services() + 1, 2.6 * minutes));
        amounts.put(actions::terminate, atLeast(1, 0.8 * minutes));
        amounts.put(actions::freeze, atLeast(1, 0.6 * minutes));
        amounts.put(actions::reshard, atLeast(2, 0.6 * minutes));
        amounts.put(actions::streamTrouble, atLeast(3, 1.6 * minutes));
        amounts.put(actions::storageTrouble, atLeast(2, minutes));
        amounts.put(actions::storageAway, atLeast(1, 0.3 * minutes));
        amounts.put(actions::warehouseAway, atLeast(1, 0.4 * minutes));
        amounts.put(actions::commitsUnheard, atLeast(1, 0.4 * minutes));
        amounts.put(actions::tableTrouble, atLeast(1, 0.6 * minutes));
        amounts.put(actions::leaseTheft, atLeast(1, 0.6 * minutes));
        amounts.put(actions::clockSkew, atLeast(1, 0.3 * minutes));
        if (!besides.isEmpty()) {
            amounts.put(actions::killBeside, atLeast(besides.size(), 2 * minutes));
        }
        return new CrashSchedule(inOrder(amounts, duration, dice, actions));
    }

    private static List<Timed> inOrder(
            Map<Supplier<CrashAction>, Integer> amounts,
            Duration duration,
            Random dice,
            ActionDice actions) {
        List<Moment> moments = new ArrayList<>();
        amounts.forEach(
                (kind, amount) -> {
                    for (int i = 0; i < amount; i++) {
                        // One in each of equal parts, so that no kind bunches up or stays away.
                        double share = (i + dice.nextDouble()) / amount;
                        double at = LEAD + share * (LAST - LEAD);
                        moments.add(new Moment((long) (at * duration.toMillis()), kind));
                    }
                });
        moments.sort(Comparator.comparingLong(Moment::millis));
        List<Timed> timed = new ArrayList<>();
        for (Moment moment : moments) {
            actions.itIs(Duration.ofMillis(moment.millis));
            timed.add(new Timed(Duration.ofMillis(moment.millis), moment.kind.get()));
        }
        return timed;
    }

    /// How many actions of a kind there are.
    public long count(Class<? extends CrashAction> kind) {
        return actions.stream().filter(timed -> kind.isInstance(timed.action)).count();
    }

    private static int atLeast(int least, double amount) {
        return Math.max(least, (int) Math.ceil(amount));
    }

    private record Moment(long millis, Supplier<CrashAction> kind) {}
}
