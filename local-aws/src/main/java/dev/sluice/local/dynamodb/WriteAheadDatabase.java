package dev.sluice.local.dynamodb;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccess;

import java.nio.file.Path;

/// DynamoDB Local's SQLite file with a write-ahead log instead of the rollback journal it would
/// use.
///
/// `synchronous=NORMAL` writes the log at every commit and forces it to the disk at checkpoints. A
/// killed process loses nothing that was acknowledged, since the kernel has it; a power cut can
/// lose the last commits but never damages the file
/// (<https://www.sqlite.org/pragma.html#pragma_synchronous>). It serves about twice as many single
/// writes, and five times as many in batches, as the default, which forces the disk several times a
/// commit.
final class WriteAheadDatabase extends SQLiteDBAccess {
    /// @throws IllegalStateException when SQLite cannot open the file with these settings
    WriteAheadDatabase(Path file) {
        super(file.toFile());
        set("PRAGMA journal_mode=WAL");
        set("PRAGMA synchronous=NORMAL");
    }

    /// Waits until SQLite has let go of the file, so that the next server can open it.
    @Override
    public void close() {
        super.close();
        try {
            queue.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void set(String pragma) {
        var job =
                queue.execute(
                        new SQLiteJob<Boolean>() {
                            @Override
                            protected Boolean job(SQLiteConnection connection)
                                    throws SQLiteException {
                                connection.exec(pragma);
                                return true;
                            }
                        });
        job.complete();
        if (job.getError() != null) {
            throw new IllegalStateException("SQLite refuses " + pragma, job.getError());
        }
    }
}
