package dev.sluice.collector.process.door;

import dev.sluice.collector.process.body.IdentityRewriter;
import dev.sluice.collector.process.body.ReadEvent;

import org.jspecify.annotations.Nullable;

/// What may be known of the sender of a request.
///
/// @param anonymous the sender does not want to be known: no id and no address is kept
/// @param shortAddress addresses are kept without their last part
/// @param visitorId of the first-party cookie, for events that have no anonymous id
public record Privacy(boolean anonymous, boolean shortAddress, @Nullable String visitorId) {

    /// Everything that is sent may be kept.
    public static final Privacy NONE = new Privacy(false, false, null);

    /// The event as it may be kept.
    ReadEvent apply(ReadEvent event) {
        if (anonymous) {
            return IdentityRewriter.withoutIdentity(event);
        }
        ReadEvent kept = event;
        if (shortAddress) {
            kept = IdentityRewriter.withAddress(kept, ShortAddress::of);
        }
        return visitorId == null ? kept : IdentityRewriter.withAnonymousId(kept, visitorId);
    }

    /// The sender's address as it may be kept.
    public @Nullable String address(String address) {
        if (anonymous) {
            return null;
        }
        return shortAddress ? ShortAddress.of(address) : address;
    }
}
