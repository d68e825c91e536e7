package dev.sluice.runtime.kinesis;

import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;

import java.io.OutputStream;
import java.util.function.BiFunction;

/// An object spooled locally until it is put whole.
final class S3PendingObject implements PendingObject {

    private final String key;
    private final SpooledContent content;
    private final BiFunction<String, SpooledContent, ObjectSummary> put;
    private boolean ended;

    /// @param put makes the object visible
    S3PendingObject(
            String key,
            SpooledContent content,
            BiFunction<String, SpooledContent, ObjectSummary> put) {
        this.key = key;
        this.content = content;
        this.put = put;
    }

    @Override
    public OutputStream content() {
        return content;
    }

    @Override
    public ObjectSummary publish() {
        if (ended) {
            throw new IllegalStateException(key + " is published or discarded already");
        }
        ObjectSummary summary = put.apply(key, content);
        discard();
        return summary;
    }

    @Override
    public void discard() {
        if (!ended) {
            ended = true;
            content.delete();
        }
    }
}
