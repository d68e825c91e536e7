package dev.sluice.contracts.frame;

/// W3C trace context (w3.org/TR/trace-context), 25 bytes: all zero when nobody traces.
///
/// @param traceIdHigh first half of the trace id
/// @param traceIdLow second half of the trace id
/// @param spanId of the span that made the frame
/// @param flags bit 0: sampled
public record TraceContext(long traceIdHigh, long traceIdLow, long spanId, byte flags) {

    public static final TraceContext NONE = new TraceContext(0, 0, 0, (byte) 0);
}
