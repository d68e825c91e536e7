package dev.sluice.local;

import java.util.Locale;

/// What can be started, in the order in which closing goes backwards.
public enum LocalService {
    KINESIS,
    DYNAMODB,
    S3,
    REDSHIFT,
    EVENTBRIDGE;

    /// The folder below the data folder that the service keeps its data in, and its name on the
    /// command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
