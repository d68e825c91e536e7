package dev.sluice.validator.process;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.validator.process.body.BodyFacts;

import org.jspecify.annotations.Nullable;

/// What became of the check of one event.
sealed interface EventVerdict {

    /// @param event with its checked section
    /// @param eventType that it is
    /// @param version of the contract that it keeps
    /// @param body what was read of its body
    record Valid(SectionedEvent event, String eventType, String version, BodyFacts body)
            implements EventVerdict {}

    /// @param eventType as far as it could be read
    /// @param contract that was applied, if one was
    record Refused(Rejection why, @Nullable String eventType, @Nullable String contract)
            implements EventVerdict {

        /// Refused before its type was known.
        static Refused before(Rejection why) {
            return new Refused(why, null, null);
        }
    }
}
