package dev.sluice.loader.warehouse;

import dev.sluice.loader.pause.LoadPause;
import dev.sluice.loader.pause.PauseFlag;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.runtime.leader.LeaderLock;
import dev.sluice.runtime.leader.Leadership;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Files that wait in; rows out: one turn of the loop that the leader runs.
///
/// Every failure leaves the files in the queue. Whether a file is loaded is decided by the ledger
/// alone, inside of the load transaction, so a turn may be repeated after anything, an unknown
/// outcome included.
public final class WarehousePipeline {

    /// How many files are looked at to choose a batch from.
    private static final int LOOK_AHEAD = 2_000;

    private final LeaderLock leader;
    private final LoadQueue queue;
    private final Manifest manifest;
    private final Warehouse warehouse;
    private final PauseFlag pause;
    private final Supplier<String> batchIds;
    private final BatchWidth width;
    private final Turns turns;

    public WarehousePipeline(
            LeaderLock leader,
            LoadQueue queue,
            Manifest manifest,
            Warehouse warehouse,
            PauseFlag pause,
            WarehouseLimits limits) {
        this(leader, queue, manifest, warehouse, pause, limits, () -> UUID.randomUUID().toString());
    }

    /// @param batchIds gives each batch an id of its own
    WarehousePipeline(
            LeaderLock leader,
            LoadQueue queue,
            Manifest manifest,
            Warehouse warehouse,
            PauseFlag pause,
            WarehouseLimits limits,
            Supplier<String> batchIds) {
        this.leader = leader;
        this.queue = queue;
        this.manifest = manifest;
        this.warehouse = warehouse;
        this.pause = pause;
        this.batchIds = batchIds;
        this.width = new BatchWidth(limits);
        this.turns = new Turns(limits.maxRows());
    }

    /// Loads the files that have waited longest, if this task is the leader and
    /// nobody has paused the loads.
    public WarehouseStep step() {
        Optional<Leadership> leadership = leader.claim();
        if (leadership.isEmpty()) {
            return new WarehouseStep.NotLeading();
        }
        List<LoadFile> waiting = queue.oldest(LOOK_AHEAD);
        if (waiting.isEmpty()) {
            return new WarehouseStep.Idle();
        }
        Optional<LoadPause> paused = pause.read();
        if (paused.isPresent()) {
            return new WarehouseStep.Paused(paused.get());
        }
        List<LoadFile> files = turns.next(waiting);
        LoadBatch batch = assemble(width.cut(alike(files)), leadership.get());
        LoadOutcome outcome = warehouse.load(batch);
        manifest.remove(batch.id());
        return settle(batch, outcome, files.size() > batch.files().size());
    }

    /// Lets another task lead at once.
    public void stop() {
        leader.release();
    }

    /// Those of the table and layout of the oldest: others cannot be copied together with it.
    private static List<LoadFile> alike(List<LoadFile> files) {
        return files.stream()
                .filter(file -> file.table() == files.getFirst().table())
                .filter(file -> file.layout().equals(files.getFirst().layout()))
                .toList();
    }

    private LoadBatch assemble(List<LoadFile> files, Leadership leadership) {
        String id = batchIds.get();
        return new LoadBatch(id, manifest.publish(id, files), files, leadership.fence());
    }

    private WarehouseStep settle(LoadBatch batch, LoadOutcome outcome, boolean more) {
        return switch (outcome) {
            case LoadOutcome.Loaded counts -> {
                width.widen();
                leave(batch.files());
                yield new WarehouseStep.Loaded(batch, counts, more);
            }
            case LoadOutcome.LoadedBefore(var keys) -> {
                leave(batch.files().stream().filter(file -> keys.contains(file.key())).toList());
                yield new WarehouseStep.Tidied(keys.size());
            }
            case LoadOutcome.Fenced _ -> new WarehouseStep.NotLeading();
            case LoadOutcome.Refused(String why) -> refused(batch, why);
        };
    }

    /// The queue last: whoever dies before comes here again.
    private void leave(List<LoadFile> loaded) {
        manifest.removeFiles(loaded);
        queue.remove(loaded);
    }

    private WarehouseStep refused(LoadBatch batch, String why) {
        if (width.narrow(batch)) {
            LoadFile file = batch.files().getFirst();
            queue.setAside(file, why);
            return new WarehouseStep.SetAside(file.key(), why);
        }
        return new WarehouseStep.Narrowed(batch.files().size(), why);
    }
}
