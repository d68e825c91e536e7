package dev.sluice.crash;

import dev.sluice.crash.CrashAction.StorageTrouble;
import dev.sluice.crash.CrashAction.StreamTrouble;
import dev.sluice.local.s3.S3Operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Chooses who is hit and how hard, in the order of time. Knows who is down already and how many
/// shards there are, so that what it chooses can be done.
final class ActionDice {

    private static final int MOST_SHARDS = 4;
    private static final List<S3Operation> OPERATIONS =
            List.of(S3Operation.PUT, S3Operation.GET, S3Operation.LIST);

    /// A process that begins again is left alone for this long, so that it does something first.
    private static final Duration START = Duration.ofSeconds(8);

    private final Random dice;
    private final Turns<String> services;

    /// Of their own, so that a round of kills has each service once.
    private final Turns<String> killed;

    private final Map<String, List<String>> tasks = new HashMap<>();
    private final Map<String, Duration> upAgain = new HashMap<>();
    private final Turns<String> streams;
    private final Map<String, Integer> shards = new HashMap<>();
    private final Turns<StreamTrouble.Kind> streamTroubles;
    private final Turns<StorageTrouble.Kind> storageTroubles;
    private final Turns<CrashAction.TableTrouble.Kind> tableTroubles;
    private final Turns<CrashAction.LeaseTheft.Reader> readers;
    private final Turns<String> besides;
    private Duration now = Duration.ZERO;

    /// @param besides what else can be killed; may be empty
    ActionDice(Random dice, List<String> tasks, List<String> streams, List<String> besides) {
        this.dice = dice;
        for (String task : tasks) {
            String service = task.substring(0, task.lastIndexOf('-'));
            this.tasks.computeIfAbsent(service, name -> new ArrayList<>()).add(task);
        }
        List<String> names = this.tasks.keySet().stream().sorted().toList();
        this.services = new Turns<>(names, dice);
        this.killed = new Turns<>(names, dice);
        this.streams = new Turns<>(streams, dice);
        streams.forEach(stream -> shards.put(stream, 2));
        this.streamTroubles = new Turns<>(List.of(StreamTrouble.Kind.values()), dice);
        this.tableTroubles = new Turns<>(List.of(CrashAction.TableTrouble.Kind.values()), dice);
        this.readers = new Turns<>(List.of(CrashAction.LeaseTheft.Reader.values()), dice);
        this.storageTroubles = new Turns<>(List.of(StorageTrouble.Kind.values()), dice);
        this.besides = new Turns<>(besides, dice);
    }

    /// Moves on; time does not go back.
    void itIs(Duration time) {
        now = time;
    }

    int services() {
        return tasks.size();
    }

    CrashAction kill() {
        Duration down = seconds(0, 5);
        return new CrashAction.Kill(victim(killed.next(), down), down);
    }

    /// Soon, for what works beside is done within seconds.
    CrashAction killBeside() {
        return new CrashAction.KillBeside(besides.next(), seconds(0, 2));
    }

    CrashAction terminate() {
        Duration down = seconds(0, 3);
        return new CrashAction.Terminate(victim(services.next(), down), down);
    }

    CrashAction freeze() {
        Duration time = seconds(7, 12);
        return new CrashAction.Freeze(victim(services.next(), time), time);
    }

    CrashAction reshard() {
        String stream = streams.next();
        int open = shards.getOrDefault(stream, 1);
        boolean split = open == 1 || (open < MOST_SHARDS && dice.nextBoolean());
        shards.put(stream, split ? open + 1 : open - 1);
        int pick = dice.nextInt(MOST_SHARDS);
        return split ? new CrashAction.Split(stream, pick) : new CrashAction.Merge(stream, pick);
    }

    CrashAction streamTrouble() {
        return new StreamTrouble(streamTroubles.next(), streams.next(), seconds(4, 12));
    }

    CrashAction storageTrouble() {
        S3Operation operation = OPERATIONS.get(dice.nextInt(OPERATIONS.size()));
        return new StorageTrouble(storageTroubles.next(), operation, 2 + dice.nextInt(5));
    }

    CrashAction storageAway() {
        return new CrashAction.StorageAway(seconds(5, 20));
    }

    CrashAction warehouseAway() {
        return new CrashAction.WarehouseAway(seconds(5, 40));
    }

    CrashAction commitsUnheard() {
        return new CrashAction.CommitsUnheard(1 + dice.nextInt(3));
    }

    CrashAction tableTrouble() {
        return new CrashAction.TableTrouble(tableTroubles.next(), seconds(3, 10));
    }

    CrashAction leaseTheft() {
        return new CrashAction.LeaseTheft(readers.next(), dice.nextInt(MOST_SHARDS));
    }

    /// A few seconds, as the clocks of a cloud may be off.
    CrashAction clockSkew() {
        Duration off = seconds(-3, 3);
        return new CrashAction.ClockSkew(streams.next(), off, seconds(5, 15));
    }

    /// A task of the service; one that is up, if there is one.
    private String victim(String service, Duration down) {
        List<String> candidates = tasks.getOrDefault(service, List.of());
        List<String> up = candidates.stream().filter(this::isUp).toList();
        List<String> from = up.isEmpty() ? candidates : up;
        String task = from.get(dice.nextInt(from.size()));
        upAgain.put(task, now.plus(down).plus(START));
        return task;
    }

    private boolean isUp(String task) {
        return upAgain.getOrDefault(task, Duration.ZERO).compareTo(now) <= 0;
    }

    private Duration seconds(int from, int to) {
        return Duration.ofMillis(from * 1_000L + dice.nextInt((to - from) * 1_000 + 1));
    }

    /// Everybody once, in an order that is drawn anew for each round.
    private static final class Turns<T> {
        private final List<T> all;
        private final Random dice;
        private final List<T> round = new ArrayList<>();

        Turns(List<T> all, Random dice) {
            this.all = all;
            this.dice = dice;
        }

        T next() {
            if (round.isEmpty()) {
                round.addAll(all);
                Collections.shuffle(round, dice);
            }
            return round.removeLast();
        }
    }
}
