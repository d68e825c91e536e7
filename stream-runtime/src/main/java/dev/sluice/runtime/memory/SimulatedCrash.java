package dev.sluice.runtime.memory;

/// The process dies at this point: see {@link EffectLog#dieAfter}. An error, so that nothing that
/// handles failures takes it for one.
public final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedCrash(String where) {
        super(where);
    }
}
