package dev.sluice.loader.derived;

import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.loader.Fixtures;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Sessions and links for tests, of the tenant `acme`.
public final class Found {

    /// When sessions begin.
    public static final Instant STARTED = Fixtures.RECEIVED;

    private Found() {}

    /// A session of as many page views as its revision says, a minute each, of a device.
    public static SessionChange session(String id, int revision) {
        return session(id, revision, "ann");
    }

    /// @param user who is signed in
    public static SessionChange session(String id, int revision, @Nullable String user) {
        return new SessionChange(
                "acme",
                id,
                revision,
                "person-1",
                "device-1",
                user,
                null,
                1,
                STARTED,
                STARTED.plusSeconds(60L * (revision - 1)),
                revision,
                revision,
                "https://shop.example/",
                "https://shop.example/" + revision,
                null,
                "direct",
                null,
                null,
                null,
                "phone",
                "DE",
                false,
                0,
                false);
    }

    /// A device is linked to a person, so many seconds after the first.
    public static IdentityLink link(String device, String person, int second) {
        return link("anonymous", device, person, device + "-own", second, false);
    }

    public static IdentityLink link(
            String kind,
            String id,
            String person,
            @Nullable String previous,
            int second,
            boolean shared) {
        Instant at = Fixtures.RECEIVED.plusSeconds(second);
        return new IdentityLink("acme", kind, id, person, previous, at, "login-" + second, shared);
    }
}
