package dev.sluice.runtime.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Values of one shard that were encoded together, and how many of the records they became are
/// stored. Which value is in which record only the encoder knows, so all count as stored with the
/// last record.
final class Frame<E> {

    private final Lane<E> lane;
    private final List<Parcel<E>> parcels;
    private final long bytes;
    private final Map<Delivery, RuntimeException> refused = new HashMap<>();
    private List<byte[]> records = List.of();
    private boolean encoded;
    private int next;

    Frame(Lane<E> lane, List<Parcel<E>> parcels) {
        this.lane = lane;
        this.parcels = parcels;
        bytes = parcels.stream().mapToLong(Parcel::bytes).sum();
    }

    /// Encodes once. An encoder that throws costs only the deliveries it throws at.
    void encode(RecordEncoder<E> encoder) {
        if (encoded) {
            return;
        }
        encoded = true;
        try {
            records = encode(encoder, parcels);
        } catch (RuntimeException together) {
            records = encodeEachDelivery(encoder);
        }
    }

    Lane<E> lane() {
        return lane;
    }

    List<Parcel<E>> parcels() {
        return parcels;
    }

    /// Deliveries that the encoder refused, and why.
    Map<Delivery, RuntimeException> refused() {
        return refused;
    }

    /// What the frame weighs in a call: the next record, or the values while they are not encoded.
    long bytes() {
        return encoded && next < records.size() ? records.get(next).length : bytes;
    }

    boolean hasRecord() {
        return next < records.size();
    }

    byte[] record() {
        return records.get(next);
    }

    /// The next record is stored.
    ///
    /// @return whether it was the last
    boolean advance() {
        next++;
        return next >= records.size();
    }

    boolean abandoned() {
        return parcels.stream().allMatch(parcel -> parcel.delivery().over());
    }

    private List<byte[]> encodeEachDelivery(RecordEncoder<E> encoder) {
        List<byte[]> all = new ArrayList<>();
        List<Parcel<E>> run = new ArrayList<>();
        for (Parcel<E> parcel : parcels) {
            if (!run.isEmpty() && run.getFirst().delivery() != parcel.delivery()) {
                encodeRun(encoder, run, all);
                run.clear();
            }
            run.add(parcel);
        }
        encodeRun(encoder, run, all);
        return all;
    }

    private void encodeRun(RecordEncoder<E> encoder, List<Parcel<E>> run, List<byte[]> all) {
        try {
            all.addAll(encode(encoder, run));
        } catch (RuntimeException alone) {
            refused.put(run.getFirst().delivery(), alone);
        }
    }

    private static <E> List<byte[]> encode(RecordEncoder<E> encoder, List<Parcel<E>> parcels) {
        List<E> values = new ArrayList<>(parcels.size());
        for (Parcel<E> parcel : parcels) {
            values.add(parcel.keyed().value());
        }
        List<byte[]> records = encoder.encode(values);
        if (records.isEmpty()) {
            throw new IllegalStateException("the encoder made no record of " + values.size());
        }
        return records;
    }
}
