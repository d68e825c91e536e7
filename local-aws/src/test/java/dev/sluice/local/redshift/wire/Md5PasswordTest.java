package dev.sluice.local.redshift.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class Md5PasswordTest {

    private static final byte[] SALT = {1, 2, 3, 4};

    @Test
    void dependsOnUserPasswordAndSalt() {
        String answer = Md5Password.answer("sluice", "secret", SALT);
        assertThat(answer)
                .matches("md5[0-9a-f]{32}")
                .isEqualTo(Md5Password.answer("sluice", "secret", SALT));
        assertThat(answer)
                .isNotEqualTo(Md5Password.answer("other", "secret", SALT))
                .isNotEqualTo(Md5Password.answer("sluice", "Secret", SALT))
                .isNotEqualTo(Md5Password.answer("sluice", "secret", new byte[4]));
    }
}
