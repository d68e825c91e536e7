package dev.sluice.replay;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.loader.publish.CuratedFiles;
import dev.sluice.loader.publish.EventFiles;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.runtime.books.BookEntries;
import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.validator.ingress.ReceivedBatch;
import dev.sluice.validator.ingress.ReceivedEvent;
import dev.sluice.validator.ingress.RejectedEvent;
import dev.sluice.validator.process.CheckedEvent;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// A file of history through the line, in its order, into files that are loaded. What it makes
/// follows from the file alone, so a backfill that was interrupted is simply done again.
public final class Backfill {

    private static final int SLICE = 2_000;
    private static final int WINDOW_ROWS = 50_000;

    private final BackfillPlan plan;
    private final ReplayParts parts;
    private final ShardBooks books;
    private final Consumer<HistoryLine.Bad> rejects;
    private final LongConsumer progress;
    private final HistoryEvents history;
    private final EventFiles files;
    private final EventLine line;

    private final List<ReceivedEvent> slice = new ArrayList<>();
    private BookEntries entries = new BookEntries();
    private int windows;
    private long bad;
    private long rows;
    private long made;

    /// @param books get what becomes rows, since no door counts it
    /// @param rejects get every line that does not
    /// @param progress is told the line it has come to
    public Backfill(
            BackfillPlan plan,
            ReplayParts parts,
            ShardBooks books,
            Consumer<HistoryLine.Bad> rejects,
            LongConsumer progress) {
        this.plan = plan;
        this.parts = parts;
        this.books = books;
        this.rejects = rejects;
        this.progress = progress;
        history = new HistoryEvents(plan);
        files =
                new EventFiles(
                        parts.steps().rows(),
                        new CuratedFiles(
                                parts.objects(),
                                plan.prefix(),
                                parts.steps().layouts(),
                                parts.clock()));
        line = new EventLine(parts.steps(), files, Stage.LOAD, _ -> true);
    }

    /// What became of the lines.
    ///
    /// @param bad lines, by whatever step they were refused
    public record Outcome(ItemCounts counts, long bad) {}

    /// Returns when everything is in the queue.
    ///
    /// @throws CancellationException if the thread was interrupted
    public Outcome run(HistoryFile form, InputStream file) throws IOException {
        form.read(file, this::take, this::reject);
        flush();
        publish();
        return new Outcome(line.counts().withFiles(rows, made), bad);
    }

    private void take(HistoryLine of) {
        try {
            slice.add(history.receive(of));
        } catch (HistoryEvents.RefusedLine e) {
            reject(new HistoryLine.Bad(of.number(), String.valueOf(e.getMessage())));
        }
        if (slice.size() >= SLICE) {
            flush();
        }
    }

    private void flush() {
        if (slice.isEmpty()) {
            return;
        }
        pause();
        ReceivedEvent last = slice.getLast();
        EventLine.Outcome outcome =
                line.take(new ReceivedBatch(List.copyOf(slice), List.of(), last.record()), 0);
        for (RejectedEvent each : outcome.unique().rejected()) {
            QuarantineId place = QuarantineId.parse(each.quarantined().quarantineId());
            reject(
                    new HistoryLine.Bad(
                            Long.parseLong(place.sequence()), each.quarantined().message()));
        }
        for (CheckedEvent each : outcome.unique().unique()) {
            Receipt receipt = each.received().receipt();
            String misfit = outcome.misfits().get(receipt);
            if (misfit == null) {
                entries.published(
                        each.received().record(), receipt.receivedTs(), receipt.tenantId().value());
            } else {
                reject(
                        new HistoryLine.Bad(
                                each.received().record().value().longValueExact(), misfit));
            }
        }
        slice.clear();
        if (files.rows() >= WINDOW_ROWS) {
            publish();
        }
        progress.accept(last.record().value().longValueExact());
    }

    private void publish() {
        if (files.rows() == 0) {
            return;
        }
        rows += files.rows();
        List<LoadFile> published =
                files.publish("backfill-%s-%04d".formatted(plan.id(), windows++));
        made += published.size();
        parts.queue().add(published);
        books.add(entries);
        books.flush();
        entries = new BookEntries();
    }

    private void reject(HistoryLine.Bad refused) {
        bad++;
        rejects.accept(refused);
    }

    private void pause() {
        try {
            parts.pace().await(slice.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("backfill " + plan.id() + " is to end");
        }
    }
}
