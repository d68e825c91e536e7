package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// The bytes of the marks of one origin in a snapshot.
final class MarksFormat {

    private MarksFormat() {}

    static void write(ShardId origin, RangeMarks marks, DataOutput out) throws IOException {
        out.writeUTF(origin.value());
        out.writeInt(marks.marks().size());
        for (RangeMark mark : marks.marks()) {
            writeKey(mark.range().first(), out);
            writeKey(mark.range().last(), out);
            byte[] sequence = mark.position().sequence().value().toByteArray();
            out.writeByte(sequence.length);
            out.write(sequence);
            out.writeInt(mark.position().index());
            out.writeLong(mark.turn());
        }
    }

    static ShardId readOrigin(DataInput in) throws IOException {
        return new ShardId(in.readUTF());
    }

    static List<RangeMark> readMarks(DataInput in) throws IOException {
        List<RangeMark> marks = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            HashRange range = new HashRange(readKey(in), readKey(in));
            byte[] sequence = new byte[in.readUnsignedByte()];
            in.readFully(sequence);
            OriginPosition position =
                    new OriginPosition(new SequenceNumber(new BigInteger(sequence)), in.readInt());
            marks.add(new RangeMark(range, position, in.readLong()));
        }
        return marks;
    }

    private static void writeKey(HashKey key, DataOutput out) throws IOException {
        out.writeLong(key.high());
        out.writeLong(key.low());
    }

    private static HashKey readKey(DataInput in) throws IOException {
        return new HashKey(in.readLong(), in.readLong());
    }
}
