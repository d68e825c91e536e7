package dev.sluice.contracts.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.TenantId;

import org.junit.jupiter.api.Test;

class SubjectKeysTest {

    private static final SubjectSecret SECRET =
            SubjectSecret.of("0123456789abcdef0123456789abcdef");
    private static final TenantId SHOP = new TenantId("shop");

    private final SubjectKeys keys = new SubjectKeys(SECRET);

    /// Made with `printf '\004shop\001ann' | openssl dgst -sha256 -hmac <secret>`, for the list
    /// outlives this code.
    @Test
    void isTheFirstHalfOfTheHmac() {
        assertThat(keys.of(SHOP, user("ann"))).hasToString("8d641744b6240ba4b56403f54178b156");
        assertThat(keys.of(SHOP, new SubjectId(SubjectKind.ANONYMOUS_ID, "ann")))
                .hasToString("d3f6b4e1622b44d5d8173086f501442b");
        assertThat(keys.fingerprint()).hasToString("12a1441139b9bdf123e304992494ea64");
    }

    /// Made with `printf '\377\004shop\001ann' | openssl dgst -sha256 -hmac <secret>`: the
    /// warehouse has these.
    @Test
    void namesAPersonByAnotherHashThanTheListDoes() {
        assertThat(keys.person(SHOP, user("ann"))).hasToString("4e8059f8a25f54dd14f4f4860cd60ba1");
    }

    @Test
    void isAnotherForAnotherTenantSecretOrCut() {
        assertThat(keys.of(SHOP, user("ann"))).isEqualTo(keys.of(SHOP, user("ann")));
        assertThat(keys.of(SHOP, user("ann")))
                .isNotEqualTo(keys.of(new TenantId("bank"), user("ann")))
                .isNotEqualTo(keys.of(new TenantId("sho"), user("pann")))
                .isNotEqualTo(
                        new SubjectKeys(SubjectSecret.of("x".repeat(32))).of(SHOP, user("ann")));
    }

    @Test
    void refusesASecretThatIsTooShortAndShowsNone() {
        SubjectSecret shortOne = SubjectSecret.of("x".repeat(31));

        assertThatThrownBy(() -> new SubjectKeys(shortOne))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
        assertThat(SECRET).hasToString("[REDACTED]");
    }

    @Test
    void showsNoId() {
        assertThat(user("ann")).hasToString("SubjectId[user_id]");
    }

    private static SubjectId user(String value) {
        return new SubjectId(SubjectKind.USER_ID, value);
    }
}
