package dev.sluice.runtime.kcl;

import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.processor.Checkpointer;
import software.amazon.kinesis.processor.PreparedCheckpointer;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

import java.util.ArrayDeque;
import java.util.Deque;

/// The library's checkpointer: fails as it is told to, then logs what it would write.
final class ScriptedCheckpointer implements RecordProcessorCheckpointer {

    private final EffectLog log;
    private final Deque<Exception> failures = new ArrayDeque<>();

    ScriptedCheckpointer(EffectLog log) {
        this.log = log;
    }

    /// The next calls fail like this, one each.
    void failNext(Exception... with) {
        for (Exception failure : with) {
            failures.add(failure);
        }
    }

    @Override
    public void checkpoint() throws InvalidStateException, ShutdownException {
        write("SHARD_END");
    }

    @Override
    public void checkpoint(String sequenceNumber) throws InvalidStateException, ShutdownException {
        write(sequenceNumber);
    }

    private void write(String position) throws InvalidStateException, ShutdownException {
        Exception failure = failures.poll();
        if (failure == null) {
            log.add("checkpoint " + position);
            return;
        }
        log.add("checkpoint refused");
        switch (failure) {
            case InvalidStateException e -> throw e;
            case ShutdownException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new AssertionError(failure);
        }
    }

    @Override
    public void checkpoint(Record record) {
        throw unused();
    }

    @Override
    public void checkpoint(String sequenceNumber, long subSequenceNumber) {
        throw unused();
    }

    @Override
    public PreparedCheckpointer prepareCheckpoint() {
        throw unused();
    }

    @Override
    public PreparedCheckpointer prepareCheckpoint(byte[] state) {
        throw unused();
    }

    @Override
    public PreparedCheckpointer prepareCheckpoint(Record record) {
        throw unused();
    }

    @Override
    public PreparedCheckpointer prepareCheckpoint(Record record, byte[] state) {
        throw unused();
    }

    @Override
    public PreparedCheckpointer prepareCheckpoint(String sequenceNumber) {
        throw unused();
    }

    @Override
    public PreparedCheckpointer prepareCheckpoint(String sequenceNumber, byte[] state) {
        throw unused();
    }

    @Override
    public PreparedCheckpointer prepareCheckpoint(String sequenceNumber, long subSequenceNumber) {
        throw unused();
    }

    @Override
    public PreparedCheckpointer prepareCheckpoint(
            String sequenceNumber, long subSequenceNumber, byte[] state) {
        throw unused();
    }

    @Override
    public Checkpointer checkpointer() {
        throw unused();
    }

    private static AssertionError unused() {
        return new AssertionError("only whole records are checkpointed, and at once");
    }
}
